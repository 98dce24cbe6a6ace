import { ProjectError } from "../errors";
import { openPrompt } from "./prompt";

/**
 * Asks for a yes at the terminal; anything but `y` or `yes` is a no.
 * @throws ProjectError `needs-yes` (exit 2) where there is no terminal to ask at: silence is no
 * consent.
 */
export async function confirm(question: string): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new ProjectError({
      code: "needs-yes",
      message: "this changes things in AWS and there is no terminal to ask at",
      fix: "read what it is about to do, above, and add --yes",
      exitCode: 2,
    });
  }
  const prompt = openPrompt();
  try {
    return /^y(es)?$/i.test((await prompt.ask(`${question} [y/N] `)).trim());
  } finally {
    prompt.close();
  }
}
