import { keyPattern, keyRule } from "../rules/names";
import {
  folderPattern,
  folderRule,
  imagePattern,
  imageRule,
  lineOfTextPattern,
  lineOfTextRule,
  maxParallelism,
  parallelismViolation,
} from "../rules/pipeline";
import { list, listOrNone, strictMap, text, wholeNumber } from "./schema-parts";

export const defaultImage = "cimg/base:current";
/** Of a project whose jobs run this program. */
export const defaultTerraformImage = "cimg/node:lts";
export const defaultPublish = "public";

function commands(description: string) {
  return linesOfText(
    "a command",
    "One command of bash.",
    "commands, such as [npm ci, npm run build]",
    description,
  );
}

function contexts(description: string) {
  return linesOfText(
    "the name of a context",
    "A CircleCI context.",
    "contexts, such as [production]",
    description,
  );
}

function linesOfText(one: string, ofOne: string, several: string, description: string) {
  const element = text(lineOfTextRule(one), one, { description: ofOne, pattern: lineOfTextPattern });
  return list(element, `a list of ${several}`).meta({ description }).optional();
}

/**
 * What the generated pipeline of a project does beside assuming roles:
 * `npm run -s oidc -- pipeline`.
 */
export const projectPipelineSchema = strictMap(
  {
    image: text(imageRule, "a Docker image", {
      description: `The image its jobs run in; \`${defaultImage}\` unless given, \`${defaultTerraformImage}\` where a role runs Terraform.`,
      pattern: imagePattern,
    }).optional(),
    resourceClass: text(lineOfTextRule("a resource class"), "a resource class", {
      description: "CircleCI's `resource_class` of its jobs.",
      pattern: lineOfTextPattern,
    }).optional(),
    build: commands("Commands before the job has any credentials: building needs none."),
    publish: text(folderRule, "a folder of the checkout", {
      description: `The folder that is uploaded to the role's bucket; \`${defaultPublish}\` unless given.`,
      pattern: folderPattern,
    }).optional(),
    parallelism: wholeNumber(parallelismViolation, `whole machines, 1-${maxParallelism}`, {
      description:
        "CircleCI's `parallelism` of the job that plans: each machine plans a share of the stacks.",
      minimum: 1,
      maximum: maxParallelism,
      default: 1,
    }).optional(),
    contexts: contexts("Contexts of all its jobs, where the organization asks for them. A token needs none."),
  },
  "a map",
).meta({ description: "The project's CircleCI pipeline, as `npm run -s oidc -- pipeline` writes it." });

/** The same for the job of one role. */
export const rolePipelineSchema = strictMap(
  {
    run: commands("Commands with the role's credentials, after the upload if it has a bucket."),
    contexts: contexts("Contexts of this job, beside the project's."),
    after: listOrNone(
      text(keyRule("role"), "a role of the project", {
        description: "A role of the project.",
        pattern: keyPattern,
      }),
      "a list of roles of the project, such as [preview]; [] waits for none",
    )
      .meta({
        description:
          "The roles whose jobs have to succeed first; `[]` waits for none. Default: the roles that everybody of this role may assume on all of its refs, and that are assumed from more refs than this one.",
      })
      .optional(),
  },
  "a map",
).meta({ description: "The role's job in the generated pipeline." });
