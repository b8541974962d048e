/**
 * The columns of every table, for kysely. Each feature adds its own by declaration merging:
 * `declare module '../database/tables.ts' { interface Tables { diary: DiaryTable } }`.
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- filled by declaration merging
export interface Tables {}
