import { bashCompletion } from "./bash";
import { fishCompletion } from "./fish";
import type { CommandWords } from "./words";
import { zshCompletion } from "./zsh";

export const SHELLS = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof SHELLS)[number];

const WRITERS: Readonly<Record<Shell, (commands: readonly CommandWords[]) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

/**
 * A script that a shell reads: it makes `oidc` a word for `npm run -s oidc --`, where nothing else
 * is called so, and completes its commands, their options, and values of which there are only some.
 */
export function printCompletion(shell: Shell, commands: readonly CommandWords[]): string {
  return WRITERS[shell](commands);
}
