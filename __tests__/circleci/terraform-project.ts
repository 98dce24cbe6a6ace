import { projectJobs } from "../../lib/circleci/jobs";
import { writeConfig } from "../../lib/circleci/write-config";
import { grantingProjects } from "../../lib/config/model/grants";
import type { Access, Account, Project, Role } from "../../lib/config/model/model";
import { withTerraformScope } from "../../lib/config/model/terraform-scope";
import { aGrant, anAccess, anAccount, anyRef, aProject, aRole, refs } from "../fixtures/access";
import { validConfig } from "./valid-config";

const TASK = /^(plan|apply)/;

export const plan = aRole({ key: "plan", name: "infrastructure-plan", grant: aGrant({ refs: anyRef }) });
export const apply = aRole({
  key: "apply",
  name: "infrastructure-apply",
  grant: aGrant({ refs: refs({ branches: ["main"] }) }),
});

/** Roles whose keys begin with plan or apply run Terraform. */
export function infrastructure(
  roles: readonly Role[],
  differences: Partial<Project["pipeline"]> = {},
  accounts: readonly Account[] = [anAccount()],
): Project {
  const project = aProject({ key: "infrastructure", roles });
  const access: Access = anAccess({
    accounts,
    projects: [{ ...project, pipeline: { ...project.pipeline, ...differences } }],
  });
  const [built] = grantingProjects(
    withTerraformScope(access, (_, role) => {
      const [, task] = TASK.exec(role) ?? [];
      return task === "plan" || task === "apply" ? task : undefined;
    }),
  );
  if (built === undefined) throw new Error("there is a project");
  return built;
}

/** What each job runs that is ours to say, and how it is started. */
export function shapeOf(project: Project): unknown {
  validConfig(writeConfig(project));
  return projectJobs(project).map(({ name, job, start }) => ({
    name,
    ...start,
    ...(job?.parallelism === undefined ? {} : { machines: job.parallelism }),
    steps: (job?.steps ?? []).map((step) => {
      if (typeof step === "string") return step;
      if ("run" in step) return step.run.command.startsWith("#") ? "name the session" : step.run.command;
      if ("aws-cli/setup" in step) return `assume ${step["aws-cli/setup"].role_arn?.split("/").at(-1)}`;
      return Object.keys(step).join();
    }),
  }));
}

export const POST = "--post --run << pipeline.number >>.$CIRCLE_BUILD_NUM";
export const REPORT = "--markdown plans/review.md --html plans/review.html --json plans/review.json";
export const SYNTH = ["checkout", "npm run -s synth"];
export const assumed = (role: string) => [
  "name the session",
  `assume infrastructure-${role}`,
  "aws sts get-caller-identity",
];
export const STORED = ["store_artifacts", "store_artifacts", "store_artifacts"];
export const ON_MAIN = 'pipeline.git.branch == "main"';
export const ELSEWHERE = 'pipeline.git.branch != "" and pipeline.git.branch != "main"';
