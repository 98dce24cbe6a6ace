import { ProjectError } from "../errors";
import { note } from "./output";
import { isTerminal, openPrompt } from "./prompt";

/**
 * Asks for confirmation at the terminal; any answer other than `y` or `yes` is a no, and so are
 * Ctrl-C and Ctrl-D.
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
  let isAnswered = false;
  try {
    const ended = new Promise<string>((resolve) => {
      prompt.onEnd(() => {
        // The question stands on the line still.
        if (!isAnswered) note("");
        resolve("");
      });
    });
    const answer = await Promise.race([prompt.ask(`${question} [y/N] `), ended]);
    isAnswered = true;
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    prompt.close();
  }
}
