import type { Violation } from "../yaml/problem";
import type { Rule } from "./rule";

export const lineOfTextPattern =
  "^[^\\u0000-\\u001f\\u007f]*[^\\s\\u0000-\\u001f\\u007f][^\\u0000-\\u001f\\u007f]*$";
export const imagePattern = "^[a-z0-9][a-z0-9._/:@-]*$";
export const folderPattern = "^(?!/)(?!.*(?:^|/)\\.\\.(?:/|$))[A-Za-z0-9._/-]+$";

/** One value of CircleCI's configuration: a command, a context or a resource class. */
export function lineOfTextRule(what: string): Rule {
  return matching(lineOfTextPattern, {
    message: `${what} must be one line of text`,
    allowed: "text without line breaks and control characters",
    fix: "write one line; write several commands as several elements of the list",
  });
}

/** A Docker image as CircleCI pulls it. */
export const imageRule = matching(imagePattern, {
  message: "this is not a Docker image",
  allowed: "an image with its tag or digest, such as cimg/node:22.23.1",
  fix: "write it as for `docker pull`",
});

/** The folder that is uploaded: below the checkout, never outside of it. */
export const folderRule = matching(folderPattern, {
  message: "this is not a folder of the checkout",
  allowed: "a relative path without spaces and .., such as public or apps/site/dist",
  fix: "write the path of the folder to upload",
});

export const acceptFilePattern = `^(?!-)${folderPattern.slice(1)}`;

/** The file of what a team accepts: below the checkout, so that reviews of it show each change. */
export const acceptFileRule = matching(acceptFilePattern, {
  message: "this is not a file of the checkout",
  allowed: "a relative path without spaces and .., such as accepted or ci/accepted",
  fix: "write the path of the file with one acceptance a line",
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

/**
 * The name of an environment variable; AWS credentials come from the role and from nowhere else.
 */
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
 * On how many machines a job runs (CircleCI docs, "Test splitting and parallelism"). CircleCI's
 * plans may allow fewer.
 */
export function parallelismViolation(machines: number): Violation | undefined {
  if (Number.isInteger(machines) && machines >= 1 && machines <= maxParallelism) return undefined;
  return {
    code: "parallelism-out-of-range",
    message: "the number of machines is out of range",
    found: String(machines),
    allowed: `whole machines, 1-${maxParallelism}`,
    fix: "write a number in that range, or remove the key for one machine",
  };
}

function matching(pattern: string, otherwise: Pick<Violation, "message" | "allowed" | "fix">): Rule {
  const form = new RegExp(pattern, "u");
  return (text) => (form.test(text) ? undefined : { code: "malformed-pipeline", found: text, ...otherwise });
}
