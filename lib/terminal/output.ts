import { visible, visibleJson } from "./visible";

// The one place that writes to the terminal. Names, policies, plans and answers of APIs are written
// by others: a control sequence in them must not move the cursor, rename the window or hide what
// stands there. A lint rule keeps other ways of writing out of cli/ and lib/. Terraform, cdktf,
// jest and programs run inside the sandbox write by themselves.

/** Writes lines for whoever called, to standard output, with a line feed at the end. */
export function print(text: string): void {
  printPart(`${text}\n`);
}

/** The same without a line feed at the end. */
export function printPart(text: string): void {
  process.stdout.write(visible(text));
}

/** Writes JSON for programs, to standard output. @param text as `JSON.stringify` made it */
export function printAsJson(text: string): void {
  process.stdout.write(visibleJson(text.endsWith("\n") ? text : `${text}\n`));
}

/** Writes lines for people beside the output: to standard error, with a line feed at the end. */
export function note(text: string): void {
  process.stderr.write(`${visible(text)}\n`);
}

/**
 * For commander, which quotes arguments in its errors:
 * `new Command().configureOutput(COMMANDER_OUTPUT)`.
 */
export const COMMANDER_OUTPUT = {
  writeOut: printPart,
  writeErr: (text: string): void => {
    process.stderr.write(visible(text));
  },
};
