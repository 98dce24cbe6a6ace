import type { Answers } from "./answers";

/** The file that `init` has written, what it allows, and what to do next. */
export function printCreated(file: string, { person, project, branch }: Answers): string {
  return [
    `Created ${file}: ${person} may assume ${project}/deploy from ${branch}.`,
    "",
    "Next:",
    "  npm run -s oidc -- doctor   check what a deploy needs",
    "  npm run bootstrap           create the state bucket",
  ].join("\n");
}
