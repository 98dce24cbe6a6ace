/**
 * Compiles all commands and main.ts into JavaScript, unless that is done for these sources already.
 * Node then starts a command in a fraction of the second that it takes from source.
 * @param root the repository
 * @returns the folder with `NAME.mjs` for each command and main.ts
 */
export function compileCommands(root: string): Promise<string>;
