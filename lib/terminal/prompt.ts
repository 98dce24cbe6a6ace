import { createInterface } from "node:readline/promises";
import { ProjectError } from "../errors";
import { visibleLine } from "./visible";

/** Asks at the terminal. Questions go to standard error: standard output is for the result. */
interface Prompt {
  /** @returns the line as typed */
  readonly ask: (question: string) => Promise<string>;
  /** Called on Ctrl-C, on Ctrl-D and when the terminal closes. */
  readonly onEnd: (listener: () => void) => void;
  readonly close: () => void;
}

/** Opens a prompt, which the caller closes. */
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

/** Asks one question. @param byDefault the answer for an empty line; undefined: none */
export type Ask = (question: string, byDefault: string | undefined) => Promise<string>;

/** Whether questions can be read and answered here. */
export function isTerminal(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true;
}

/**
 * Runs a task that asks questions.
 * @throws ProjectError `interrupted` on Ctrl-C, on Ctrl-D and when the terminal closes
 */
export async function withPrompt<T>(task: (ask: Ask) => Promise<T>): Promise<T> {
  const prompt = openPrompt();
  const interrupted = new Promise<never>((_, reject) => {
    prompt.onEnd(() => reject(new ProjectError({ code: "interrupted", message: "nothing was written" })));
  });
  interrupted.catch(() => undefined);
  const ask: Ask = (question, byDefault) =>
    prompt.ask(`${question}${byDefault === undefined ? "" : ` [${byDefault}]`}: `);
  try {
    return await Promise.race([task(ask), interrupted]);
  } finally {
    prompt.close();
  }
}
