/** The analyzer has no types of its own: the one function that we call. */
declare module '@custom-elements-manifest/analyzer/cli.js' {
  export function cli<T>(options: { argv: string[]; cwd: string; noWrite: boolean }): Promise<T>
}
