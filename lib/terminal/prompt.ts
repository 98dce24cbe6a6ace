import { createInterface } from "node:readline/promises";
import { visibleLine } from "./visible";

/** Questions at the terminal, on standard error: standard output stays for the result. */
export interface Prompt {
  /** @returns the line that was typed, as it was typed */
  readonly ask: (question: string) => Promise<string>;
  /** Calls back when the reader presses Ctrl-C or Ctrl-D, or the terminal goes away. */
  readonly onEnd: (listener: () => void) => void;
  readonly close: () => void;
}

/** The caller closes it. */
export function openPrompt(): Prompt {
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  return {
    ask: (question) => prompt.question(visibleLine(question)),
    onEnd: (listener) => {
      prompt.once("SIGINT", listener);
      prompt.once("close", listener);
    },
    close: () => prompt.close(),
  };
}
