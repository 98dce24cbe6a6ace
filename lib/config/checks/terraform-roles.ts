import { formatPath, type Reporter } from "../yaml/problem";
import { lookUp } from "../yaml/yaml-tree";
import { accountOf } from "./accounts";
import type { Field, Outline, ProjectOutline, RoleOutline } from "./outline";

/**
 * Keys that a role with `terraform` cannot have: the computed policies would not cover their
 * permissions and commands.
 */
const COMPUTED = [
  ["bucket"],
  ["policies"],
  ["statements"],
  ["deploys"],
  ["pipeline", "run"],
  ["pipeline", "after"],
  ["pipeline", "approval"],
  ["pipeline", "environment"],
  ["pipeline", "executor"],
  ["pipeline", "image"],
  ["pipeline", "imageCredentials"],
  ["pipeline", "job"],
  ["pipeline", "publish"],
  ["pipeline", "resourceClass"],
  ["pipeline", "steps"],
] as const;

/**
 * Keys of `pipeline` that order the jobs of a role that applies, such as staging before production.
 */
const ORDER: ReadonlySet<string> = new Set(["pipeline.after", "pipeline.approval"]);

interface TerraformRole {
  readonly role: RoleOutline;
  readonly project: ProjectOutline;
  readonly task: Field;
}

/** Roles that run Terraform: who may assume them, their other keys, and how many there may be. */
export function checkTerraformRoles(outline: Outline, report: Reporter): void {
  const all = outline.projects.flatMap((project) =>
    project.roles.flatMap((role): readonly TerraformRole[] =>
      isTask(role.terraform) ? [{ role, project, task: role.terraform }] : [],
    ),
  );
  for (const { role, task } of all) {
    reportBeside(role, task.value, report);
    if (task.value === "apply" || task.value === "watch") reportOpen(role, task.value, report);
  }
  reportSecond(all, outline, report);
  reportMissingPlan(all, outline, report);
  reportOtherProject(all, report);
}

function isTask(field: Field | undefined): field is Field {
  return field !== undefined && ["plan", "apply", "watch"].includes(String(field.value));
}

function reportBeside(role: RoleOutline, task: string, report: Reporter): void {
  for (const path of COMPUTED) {
    const found = path.join(".");
    if (!lookUp(role.entry, path).present || (task === "apply" && ORDER.has(found))) continue;
    report.atKey([...role.path, ...path], {
      code: "beside-terraform",
      message: "the policies and jobs of a role that runs Terraform are computed, and cannot be extended",
      found,
      allowed:
        "`terraform` without bucket, policies, statements and pipeline.run; pipeline.after and pipeline.approval at a role with `terraform: apply`",
      fix: `move \`${found}\` to another role`,
    });
  }
}

/** What is said of a role that is open to everyone or to any branch, by its task. */
const OPEN = {
  // A person with access by mistake could change every role of the account.
  apply: {
    consequence: "could change every role of the account",
    people: {
      code: "apply-for-everyone",
      allowed: "a list of names from `people` and `groups`",
      fix: "list the people who may change access, such as people: [admins]",
    },
    branches: {
      code: "apply-from-any",
      allowed: "a list of branches or tags",
      fix: "list the branches whose commits are reviewed, such as branches: [main]",
    },
  },
  // A schedule runs as one actor from one branch, so nothing else has to get in.
  watch: {
    consequence: "could read all roles and policies of the account, and who assumed them",
    people: {
      code: "watch-for-everyone",
      allowed: "a list with the actor of the schedule",
      fix: "list the actor of the schedule only (docs/watch.md, The schedule)",
    },
    branches: {
      code: "watch-from-any",
      allowed: "the branch of the schedule",
      fix: "list the branch on which the schedule runs, such as branches: [main]",
    },
  },
} as const;

function reportOpen({ path, entry }: RoleOutline, task: keyof typeof OPEN, report: Reporter): void {
  const { consequence, people, branches } = OPEN[task];
  if (entry.people === "everyone") {
    const message = `everyone who can start a pipeline of the project ${consequence}`;
    report.at([...path, "people"], { ...people, message, found: "everyone" });
  }
  if (entry.branches === "any") {
    const message = `code that has not been reviewed ${consequence}`;
    report.at([...path, "branches"], { ...branches, message, found: "any" });
  }
}

function reportSecond(all: readonly TerraformRole[], outline: Outline, report: Reporter): void {
  const taken = new Map<string, RoleOutline>();
  for (const { role, task } of all) {
    const account = accountOf(role, outline);
    if (account === undefined) continue;
    const place = JSON.stringify([account.key, task.value]);
    const first = taken.get(place);
    if (first === undefined) taken.set(place, role);
    else {
      report.at(task.path, {
        code: "second-terraform-role",
        message: `another role of the account has this task: ${formatPath(first.path)}`,
        found: task.value,
        allowed: "one role with plan, one with apply and one with watch in each account",
        fix: "combine the people and refs of both in one role",
      });
    }
  }
}

/** Every apply is preceded by a plan that people have reviewed. */
function reportMissingPlan(all: readonly TerraformRole[], outline: Outline, report: Reporter): void {
  const accountKey = ({ role }: TerraformRole): string | undefined => accountOf(role, outline)?.key;
  const planned = new Set(all.filter(({ task }) => task.value === "plan").map(accountKey));
  for (const one of all) {
    const account = accountKey(one);
    if (one.task.value !== "apply" || account === undefined || planned.has(account)) continue;
    report.at(one.task.path, {
      code: "apply-without-plan",
      message: "the account has no role with `terraform: plan`",
      found: one.role.key,
      allowed: "`terraform: apply` and another role with `terraform: plan` in the same account",
      fix: "add plan: { people: everyone, branches: any, terraform: plan } to the project",
    });
  }
}

/** One repository holds access.yaml. */
function reportOtherProject(all: readonly TerraformRole[], report: Reporter): void {
  const [first] = all;
  for (const { project, task } of all) {
    if (first === undefined || project === first.project) continue;
    report.at(task.path, {
      code: "terraform-in-two-projects",
      message: `roles with \`terraform\` belong to one project, and ${formatPath(first.project.path)} already has one`,
      found: project.key,
      allowed: "roles with `terraform` in one project",
      fix: "keep them in the project whose repository holds access.yaml",
    });
  }
}
