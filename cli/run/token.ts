import { askForToken } from "../../dev/sandbox/circleci/ask-for-token";
import { jobOfPerson, type TokenOptions } from "../../dev/sandbox/circleci/job-of-person";
import { readAccess } from "../../lib/project/read-access";
import { print } from "../../lib/terminal/output";

/** Runs `oidc token`. */
export async function runToken(options: TokenOptions): Promise<void> {
  print(await askForToken(jobOfPerson(readAccess(), options)));
}
