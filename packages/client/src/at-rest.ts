// An entry of its own: a page that only calls the server loads nothing of it.
export { createVault, type Vault } from './internal/at-rest/vault.ts'
export type { AtRest } from './internal/at-rest/types.ts'
