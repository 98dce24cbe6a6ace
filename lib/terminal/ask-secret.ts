import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { ProjectError } from "../errors";
import { visibleLine } from "./visible";

/** The terminal at which a secret is asked for. */
interface SecretTerminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean };
}

/**
 * Asks for a secret at the terminal without echoing or storing it.
 * @returns what was typed, without surrounding blanks; undefined: not a terminal
 * @throws ProjectError `interrupted`: Ctrl-C, Ctrl-D, or the terminal closed
 */
export async function askSecret(
  question: string,
  { input, output }: SecretTerminal = { input: process.stdin, output: process.stderr },
): Promise<string | undefined> {
  if (input.isTTY !== true || output.isTTY !== true) return undefined;
  // In raw mode the terminal echoes nothing, and readline writes what is typed to its own output.
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
    message: "no value was entered",
    fix: "run the command again",
  });
}
