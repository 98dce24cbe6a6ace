import { ProjectError } from "../errors";
import { isTerminal, openPrompt } from "./prompt";

/**
 * Asks for confirmation at the terminal; any answer other than `y` or `yes` is a no.
 * @throws ProjectError `needs-yes` (exit 2) if this is not a terminal
 */
export async function confirm(question: string): Promise<boolean> {
  if (!isTerminal()) {
    throw new ProjectError({
      code: "needs-yes",
      message: "this changes resources in AWS, and confirmation is not possible: not a terminal",
      fix: "read the steps above, then pass --yes",
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
