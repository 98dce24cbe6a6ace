import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { ProjectError } from "../errors";
import { visibleLine } from "./visible";

/** Where a secret is asked for. */
export interface SecretTerminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean };
}

/**
 * Asks for a secret at the terminal. What is typed is shown nowhere and kept nowhere.
 * @returns what was typed, without blanks around it; undefined: there is no terminal to ask at
 * @throws ProjectError `interrupted`: Ctrl-C, Ctrl-D, or the terminal went away
 */
export async function askSecret(
  question: string,
  { input, output }: SecretTerminal = { input: process.stdin, output: process.stderr },
): Promise<string | undefined> {
  if (input.isTTY !== true || output.isTTY !== true) return undefined;
  // readline writes what is typed to its output, in raw mode: the terminal itself shows nothing
  // then.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  output.write(visibleLine(question));
  const lines = createInterface({ input, output: nowhere, terminal: true, historySize: 0 });
  try {
    return await new Promise<string>((resolve, reject) => {
      const stop = (): void => reject(interrupted());
      lines.once("line", (line) => resolve(line.trim()));
      lines.once("SIGINT", stop);
      lines.once("close", stop);
    });
  } finally {
    lines.close();
    output.write("\n");
  }
}

function interrupted(): ProjectError {
  return new ProjectError({
    code: "interrupted",
    message: "nothing was entered",
    fix: "run it again",
  });
}
