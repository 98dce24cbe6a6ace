import { z } from "zod";
import { oidc } from "../../command-name";
import {
  acceptFilePattern,
  acceptFileRule,
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
import { steps } from "./step-schema";
import { publish } from "./upload-schema";

export const defaultImage = "cimg/base:2026.08";
/** The image of a project whose jobs run this program or the CDK CLI. */
export const defaultNodeImage = "cimg/node:22.23.1";

function commands(description: string) {
  return linesOfText(
    "a command",
    "One bash command.",
    "commands, such as [npm ci, npm run build]",
    description,
  );
}

function contexts(description: string) {
  return linesOfText("a context", "A CircleCI context.", "contexts, such as [production]", description);
}

function linesOfText(one: string, description: string, several: string, ofList: string) {
  const element = text(lineOfTextRule(one), one, { description, pattern: lineOfTextPattern });
  return list(element, `a list of ${several}`).meta({ description: ofList }).optional();
}

function jobName(what: string, description: string) {
  return text(jobNameRule(what), what, { description, pattern: jobNamePattern });
}

const jobNames = listOrNone(
  text(lineOfTextRule("a job"), "a job", {
    description: "A job of the workflow.",
    pattern: lineOfTextPattern,
  }),
  "a list of jobs, such as [test]; [] for none",
);

const variableName = text(variableRule, "an environment variable", {
  description: "An environment variable that a context sets.",
  pattern: variablePattern,
});

/** Settings of a project for all of its jobs, and of a role for its job. */
const jobSettings = {
  image: text(imageRule, "a Docker image", {
    description: `The Docker image of the job. Default: \`${defaultImage}\`, or \`${defaultNodeImage}\` if a role runs Terraform or deploys with CDK.`,
    pattern: imagePattern,
  }).optional(),
  imageCredentials: strictMap({ username: variableName, password: variableName }, "a map")
    .meta({
      description:
        "Names of the environment variables with the credentials of a private image. A context sets the variables.",
    })
    .optional(),
  executor: jobName("an executor", "An executor of the configuration, which replaces the image.").optional(),
  resourceClass: text(lineOfTextRule("a resource class"), "a resource class", {
    description: "The `resource_class` of the job.",
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
      before: steps.meta({ description: "Steps after the checkout, without credentials." }).optional(),
      after: steps.meta({ description: "Steps at the end, with the role's credentials." }).optional(),
    },
    "a map",
  )
    .meta({
      description: "CircleCI steps, such as `setup_remote_docker`, `save_cache` or `when`.",
    })
    .optional(),
  publish,
};

const often = z.enum(["daily", "weekly"], { error: "daily or weekly" });

/** The generated pipeline of a project: `npm run -s oidc -- pipeline`. */
export const projectPipelineSchema = strictMap(
  {
    ...jobSettings,
    build: commands("Commands that run before the job has credentials."),
    workflow: text(lineOfTextRule("the name of a workflow"), "the name of a workflow", {
      description:
        "The workflow of the configuration that the jobs join. Default: a workflow of the project's key.",
      pattern: lineOfTextPattern,
    }).optional(),
    after: jobNames
      .meta({
        description: "Jobs of the workflow that must succeed before the first job of a role, such as [test].",
      })
      .optional(),
    parameter: jobName(
      "a pipeline parameter",
      "A boolean pipeline parameter that must be true for the project's workflow to run, such as one that path filtering sets.",
    ).optional(),
    parallelism: wholeNumber(parallelismViolation, `whole machines, 1-${maxParallelism}`, {
      description: "The `parallelism` of the job that plans: each machine plans a share of the stacks.",
      minimum: 1,
      maximum: maxParallelism,
      default: 1,
    }).optional(),
    contexts: contexts("Contexts of all jobs. OIDC tokens do not require a context."),
    watch: z
      .union(
        [
          often,
          strictMap(
            {
              every: often.meta({ description: "How often the schedule starts the jobs." }),
              accept: text(acceptFileRule, "a file of the checkout", {
                description:
                  "A file with what the runs accept, one a line, such as `drift-3f9c2a1b04de until 2027-03-31 because REASON`.",
                pattern: acceptFilePattern,
              }).optional(),
            },
            "a map",
          ),
        ],
        { error: "daily, weekly, or a map with the key every" },
      )
      .meta({
        description: `How often a schedule starts the jobs of the roles with \`terraform: watch\`, which run \`${oidc("watch")} --once\`. You make the schedule in CircleCI, with the name \`oidc-watch\`.`,
      })
      .optional(),
  },
  "a map",
).meta({ description: `The project's CircleCI pipeline, which \`${oidc("pipeline")}\` generates.` });

/** The job of one role in the generated pipeline. */
export const rolePipelineSchema = strictMap(
  {
    ...jobSettings,
    job: jobName("a job", "The job's name. Default: the role's key.").optional(),
    workflow: text(lineOfTextRule("the name of a workflow"), "the name of a workflow", {
      description: "The workflow of the configuration that this job joins. Default: that of the project.",
      pattern: lineOfTextPattern,
    }).optional(),
    run: commands("Commands that run with the role's credentials, after the upload and the deploys."),
    contexts: contexts("Contexts of this job, in addition to the project's."),
    after: jobNames
      .meta({
        description:
          "Roles of the project, and jobs of the workflow, that must succeed first; `[]` means none. Default: the roles that may be assumed from more refs than this one, and from each of its refs by all of its people.",
      })
      .optional(),
    approval: z
      .union([z.literal(true), jobName("an approval", "The approval's name.")], {
        error: "true, or the name of the approval",
      })
      .meta({
        description:
          "An approval job before the job; `true` names it `approve-<job>`. Everyone who may approve in CircleCI can approve. The token still names the person who started the pipeline.",
      })
      .optional(),
  },
  "a map",
).meta({ description: "The role's job in the generated pipeline." });
