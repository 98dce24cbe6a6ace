import { oidc } from "../../command-name";
import type { Answers } from "./answers";

/** The file that `init` has written, what it allows, and what to do next. */
export function printCreated(file: string, { person, project, branch }: Answers): string {
  return [
    `Created ${file}: ${person} may assume ${project}/deploy from ${branch}.`,
    "",
    "Next:",
    `  ${oidc("doctor")}   check what a deploy needs`,
    `  ${oidc("bootstrap")}           create the state bucket`,
  ].join("\n");
}
