import { oidc } from "../../command-name";
import type { Answers } from "./answers";

/**
 * The project that `init FOLDER` has made, and what to do next.
 * @param folder as a word of a shell
 */
export function printProject(
  folder: string,
  { person, project, branch }: Answers,
  { withPipeline, framework }: { readonly withPipeline: boolean; readonly framework: "cdktf" | "cdktn" },
): string {
  return [
    `Created a CDKTF project in ${folder}: ${person} may assume ${project}/deploy from ${branch}.`,
    "",
    "Next:",
    ...(folder === "." ? [] : [`  cd ${folder}`]),
    "  npm install",
    "  npm test               who may deploy is what __tests__ expects",
    "  npx oidc doctor        check what a deploy needs",
    "  npx oidc bootstrap     create the state bucket",
    `  ${framework === "cdktf" ? 'npx cdktf deploy "*"' : "npx oidc deploy     "}   deploy every stack`,
    ...(withPipeline ? PIPELINE : []),
  ].join("\n");
}

const PIPELINE = [
  "",
  "Then commit and push everything, package-lock.json too, and set the project up in CircleCI:",
  ".circleci/config.yml plans the stacks in every pipeline, and applies them after an approval.",
];

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
