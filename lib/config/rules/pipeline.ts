import type { Violation } from "../yaml/problem";
import type { Rule } from "./rule";

export const lineOfTextPattern =
  "^[^\\u0000-\\u001f\\u007f]*[^\\s\\u0000-\\u001f\\u007f][^\\u0000-\\u001f\\u007f]*$";
export const imagePattern = "^[a-z0-9][a-z0-9._/:@-]*$";
export const folderPattern = "^(?!/)(?!.*(?:^|/)\\.\\.(?:/|$))[A-Za-z0-9._/-]+$";

/**
 * What becomes one value of CircleCI's config: a command, the name of a context, a resource class.
 */
export function lineOfTextRule(what: string): Rule {
  return matching(lineOfTextPattern, {
    message: `${what} is one line of text`,
    allowed: "text without line breaks and control characters, not blank",
    fix: "write it on one line; several commands are several elements of the list",
  });
}

/** A Docker image as CircleCI pulls it. */
export const imageRule = matching(imagePattern, {
  message: "this is no Docker image",
  allowed: "an image with its tag or digest, such as cimg/node:22.11",
  fix: "write it as `docker pull` takes it",
});

/** A folder of the checkout that is uploaded: nothing outside of it. */
export const folderRule = matching(folderPattern, {
  message: "this is no folder of the checkout",
  allowed: "a path without blanks that stays below the checkout, such as public or apps/site/dist",
  fix: "name the folder that is to be uploaded",
});

export const jobNamePattern = "^[A-Za-z0-9_][A-Za-z0-9_ -]{0,127}$";

/**
 * The name of a job, an executor or a parameter that the file chooses: what CircleCI takes for a
 * key of its configuration, and shells and URLs do not trip over.
 */
export function jobNameRule(what: string): Rule {
  return matching(jobNamePattern, {
    message: `this cannot be the name of ${what}`,
    allowed: "letters, digits, _, - and blanks; at most 128 characters",
    fix: "choose another name",
  });
}

export const variablePattern = "^[A-Za-z_][A-Za-z0-9_]*$";
const CREDENTIALS = /^(AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN)|CIRCLE_OIDC_TOKEN(_V2)?)$/;

/** The name of an environment variable; AWS credentials come from the role and from nowhere else. */
export const variableRule: Rule = (text) =>
  CREDENTIALS.test(text)
    ? {
        code: "malformed-pipeline",
        message: "AWS credentials and tokens do not belong in this file",
        found: text,
        allowed: "any other environment variable",
        fix: "remove it: the job gets its credentials from the role",
      }
    : matching(variablePattern, {
        message: "this cannot be the name of an environment variable",
        allowed: "letters, digits and _, not beginning with a digit",
        fix: "choose another name",
      })(text);

export const maxParallelism = 256;

/**
 * On how many machines a job runs at once (CircleCI docs, "Test splitting and parallelism"); how
 * many a plan of theirs allows, CircleCI says.
 */
export function parallelismViolation(machines: number): Violation | undefined {
  if (Number.isInteger(machines) && machines >= 1 && machines <= maxParallelism) return undefined;
  return {
    code: "parallelism-out-of-range",
    message: "a job cannot run on this many machines",
    found: String(machines),
    allowed: `whole machines, 1-${maxParallelism}`,
    fix: "write a number in that range, or leave the key out for one machine",
  };
}

function matching(pattern: string, otherwise: Pick<Violation, "message" | "allowed" | "fix">): Rule {
  const form = new RegExp(pattern, "u");
  return (text) => (form.test(text) ? undefined : { code: "malformed-pipeline", found: text, ...otherwise });
}
