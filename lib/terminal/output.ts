import { visible, visibleJson } from "./visible";

// The only place that writes to the terminal. Names, policies, plans and API responses are
// untrusted: a control sequence in them must not move the cursor, rename the window or hide text. A
// lint rule forbids other output in cli/ and lib/. Terraform, cdktf, jest and programs in the
// sandbox write directly.

/** Writes text and a line feed to standard output. */
export function print(text: string): void {
  printPart(`${text}\n`);
}

/** Writes text to standard output. */
export function printPart(text: string): void {
  process.stdout.write(visible(text));
}

/** Writes JSON to standard output. @param text from `JSON.stringify` */
export function printAsJson(text: string): void {
  process.stdout.write(visibleJson(text.endsWith("\n") ? text : `${text}\n`));
}

/** Writes text and a line feed to standard error. */
export function note(text: string): void {
  process.stderr.write(`${visible(text)}\n`);
}

/**
 * Output of commander, which repeats arguments in its errors:
 * `new Command().configureOutput(COMMANDER_OUTPUT)`.
 */
export const COMMANDER_OUTPUT = {
  writeOut: printPart,
  writeErr: (text: string): void => {
    process.stderr.write(visible(text));
  },
};
