import { z } from "zod";
import {
  folderPattern,
  folderRule,
  imagePattern,
  imageRule,
  jobNamePattern,
  jobNameRule,
  lineOfTextPattern,
  lineOfTextRule,
  maxParallelism,
  parallelismViolation,
  variablePattern,
  variableRule,
} from "../rules/pipeline";
import { addViolation, list, listOrNone, namedMap, strictMap, text, wholeNumber } from "./schema-parts";

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

function jobName(what: string, description: string) {
  return text(jobNameRule(what), what, { description, pattern: jobNamePattern });
}

const jobNames = listOrNone(
  text(lineOfTextRule("the name of a job"), "the name of a job", {
    description: "A job of the workflow.",
    pattern: lineOfTextPattern,
  }),
  "a list of jobs, such as [test]; [] waits for none",
);

const variableName = text(variableRule, "the name of an environment variable", {
  description: "An environment variable that a context sets.",
  pattern: variablePattern,
});

/** A step as CircleCI has it: nothing in it is changed, so references such as `<< … >>` work. */
const step = z.union(
  [
    text(lineOfTextRule("a step"), "a step", {
      description: "A step without parameters, such as `setup_remote_docker`.",
      pattern: lineOfTextPattern,
    }),
    z
      .record(z.string(), z.unknown(), { error: "a map with the step's name" })
      .refine((map) => Object.keys(map).length === 1, { error: "a map with one key, the step's name" })
      .meta({ minProperties: 1, maxProperties: 1 }),
  ],
  { error: "a step of CircleCI, such as checkout or { save_cache: { … } }" },
);
const steps = list(step, "a list of CircleCI steps");

const upload = strictMap(
  {
    folder: text(folderRule, "a folder of the checkout", {
      description: `The folder that is uploaded; \`${defaultPublish}\` unless given.`,
      pattern: folderPattern,
    }).optional(),
    delete: z
      .boolean({ error: "true or false" })
      .meta({ description: "`true`: objects that the folder does not have are deleted.", default: false })
      .optional(),
    exclude: list(
      text(lineOfTextRule("a pattern"), "a pattern of files", {
        description: "A pattern of files as `aws s3 sync --exclude` takes it, such as `*.map`.",
        pattern: lineOfTextPattern,
      }),
      'a list of patterns, such as ["*.map"]',
    )
      .meta({ description: "Files that are neither uploaded nor deleted." })
      .optional(),
    cache: namedMap(
      text(lineOfTextRule("a Cache-Control header"), "a Cache-Control header", {
        description: "The header of these files, such as `public, max-age=31536000, immutable`.",
        pattern: lineOfTextPattern,
      }),
      "a map from pattern to Cache-Control",
      {
        description:
          "`Cache-Control` by a pattern of files, such as `assets/*`; the first pattern that matches a file counts.",
      },
    ).optional(),
  },
  "an upload",
);

const publish = z
  .union(
    [
      text(folderRule, "a folder of the checkout", {
        description: "The folder that is uploaded.",
        pattern: folderPattern,
      }),
      upload,
    ],
    { error: "a folder of the checkout, or a map with folder, delete, exclude and cache" },
  )
  .meta({
    description: `What is uploaded to the role's bucket: a folder, \`${defaultPublish}\` unless given, or a map that says how.`,
  })
  .optional();

/** What a project says for all of its jobs, and a role for its own. */
const jobSettings = {
  image: text(imageRule, "a Docker image", {
    description: `The image the job runs in; \`${defaultImage}\` unless given, \`${defaultTerraformImage}\` where a role runs Terraform.`,
    pattern: imagePattern,
  }).optional(),
  imageCredentials: strictMap({ username: variableName, password: variableName }, "a map")
    .meta({
      description:
        "Environment variables with the credentials of a private image. A context sets them; the file holds their names only.",
    })
    .optional(),
  executor: jobName("an executor", "An executor of the configuration, instead of an image.").optional(),
  resourceClass: text(lineOfTextRule("a resource class"), "a resource class", {
    description: "CircleCI's `resource_class`.",
    pattern: lineOfTextPattern,
  }).optional(),
  environment: namedMap(
    text(lineOfTextRule("a value"), "text, in quotes if it looks like a number", {
      description: "The variable's value.",
      pattern: lineOfTextPattern,
    }),
    "a map from variable to value",
    { description: "Environment variables of the job.", keyPattern: variablePattern },
  )
    .superRefine((variables, context) => {
      for (const name of Object.keys(variables)) addViolation(context, variableRule(name));
    })
    .optional(),
  steps: strictMap(
    {
      before: steps.meta({ description: "Right after the checkout, without credentials." }).optional(),
      after: steps.meta({ description: "At the end, with the role's credentials." }).optional(),
    },
    "a map",
  )
    .meta({
      description: "Steps in CircleCI's own form, such as `setup_remote_docker`, `save_cache` or `when`.",
    })
    .optional(),
  publish,
};

/**
 * What the generated pipeline of a project does beside assuming roles:
 * `npm run -s oidc -- pipeline`.
 */
export const projectPipelineSchema = strictMap(
  {
    ...jobSettings,
    build: commands("Commands before the job has any credentials: building needs none."),
    workflow: text(lineOfTextRule("the name of a workflow"), "the name of a workflow", {
      description:
        "The workflow of the configuration that the jobs join. Default: a workflow of the project's key.",
      pattern: lineOfTextPattern,
    }).optional(),
    after: jobNames
      .meta({
        description:
          "Jobs of the workflow that have to succeed before the first job of a role, such as [test].",
      })
      .optional(),
    parameter: jobName(
      "a pipeline parameter",
      "A boolean pipeline parameter that has to be true for the project's workflow to run, as path filtering sets it.",
    ).optional(),
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
    ...jobSettings,
    job: jobName("a job", "The job's name. Default: the role's key.").optional(),
    run: commands("Commands with the role's credentials, after the upload if it has a bucket."),
    contexts: contexts("Contexts of this job, beside the project's."),
    after: jobNames
      .meta({
        description:
          "Roles of the project, and jobs of the workflow, whose jobs have to succeed first; `[]` waits for none. Default: the roles that everybody of this role may assume on all of its refs, and that are assumed from more refs than this one.",
      })
      .optional(),
    approval: z
      .union([z.literal(true), jobName("an approval", "The approval's name.")], {
        error: "true, or the approval's name",
      })
      .meta({
        description:
          "An approval before the job: `true` names it `approve-<job>`. Anybody who may approve in CircleCI can; the token still names the person who started the pipeline.",
      })
      .optional(),
  },
  "a map",
).meta({ description: "The role's job in the generated pipeline." });
