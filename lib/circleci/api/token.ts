import { ProjectError } from "../../errors";
import { type Mask, maskOf } from "../../http/mask";
import { askSecret } from "../../terminal/ask-secret";

/** A personal API token, and what hides it. */
export interface CircleToken {
  /** Goes into the header `Circle-Token`, and nowhere else. */
  readonly value: string;
  readonly mask: Mask;
}

const WHERE = "make one at https://app.circleci.com/settings/user/tokens";

/**
 * The token that CircleCI's API is called with: `CIRCLE_TOKEN`, else what is entered at the
 * terminal without being shown. It is never an argument, since those are seen by every user of a
 * machine and kept in a shell's history.
 * @param ask for a token; undefined: this is not a terminal
 * @throws ProjectError `circleci-token-missing`, `circleci-token-malformed` (exit 2), `interrupted`
 */
export async function readCircleToken(
  env: NodeJS.ProcessEnv,
  ask: () => Promise<string | undefined> = () => askSecret("CircleCI personal API token (not shown): "),
): Promise<CircleToken> {
  const given = env.CIRCLE_TOKEN;
  const isSet = given !== undefined && given !== "";
  const value = isSet ? given : await ask();
  if (value === undefined || value === "")
    throw new ProjectError({
      code: "circleci-token-missing",
      message: "CIRCLE_TOKEN, the token for CircleCI's API, is not set",
      found: "CIRCLE_TOKEN",
      fix: `${WHERE}, and put it into the environment, not into a file or an argument`,
      exitCode: 2,
    });
  if (/^[\x21-\x7e]{8,}$/.test(value)) return { value, mask: maskOf([value]) };
  throw new ProjectError({
    code: "circleci-token-malformed",
    message: `${isSet ? "what CIRCLE_TOKEN holds" : "what was entered"} is no token: those have 8 characters or more, and no white space`,
    found: isSet ? "CIRCLE_TOKEN" : "entered",
    fix: "copy it again, without quotation marks or a line break",
    exitCode: 2,
  });
}
