import { identityStackName, pipelineStackName, projectStackName, stateStackName } from "../model/stack-names";
import { formatPath, type Path, type Reporter } from "../yaml/problem";
import { accountOf } from "./accounts";
import type { Outline } from "./outline";

/**
 * Stack names are state keys and folder names, and some file systems ignore case. Two stacks of one
 * name would share a state: each would destroy what the other creates.
 */
export function checkStacks(outline: Outline, report: Reporter): void {
  const taken = new Map<string, { readonly what: string }>();
  const claim = (name: string, what: string, path: Path): void => {
    const first = taken.get(name.toLowerCase());
    if (first === undefined) {
      taken.set(name.toLowerCase(), { what });
      return;
    }
    report.atKey(path, {
      code: "stack-name-collision",
      message: `${what} would have the same stack name as ${first.what}`,
      found: name,
      allowed:
        "stack names that differ without regard to case: <account>-state, <account>-identity, <account>-pipeline where a role runs Terraform, <account>-<project>",
      fix: "rename the project or the account",
    });
  };
  for (const account of outline.accounts) {
    claim(stateStackName(account), `the state of ${formatPath(account.path)}`, account.path);
    claim(identityStackName(account), `the identity of ${formatPath(account.path)}`, account.path);
  }
  const all = outline.projects.flatMap(({ roles }) => roles);
  for (const account of outline.accounts) {
    const isPipeline = all.some(
      (role) => role.terraform !== undefined && accountOf(role, outline) === account,
    );
    if (isPipeline)
      claim(pipelineStackName(account), `the pipeline of ${formatPath(account.path)}`, account.path);
  }
  for (const project of outline.projects) {
    const ordinary = project.roles.filter(({ terraform }) => terraform === undefined);
    const owned = [...ordinary, ...project.buckets];
    const accounts = new Set(owned.flatMap((role) => accountOf(role, outline)?.key ?? []));
    for (const key of [...accounts].sort()) {
      claim(projectStackName({ key }, project.key), `${formatPath(project.path)} in ${key}`, project.path);
    }
  }
}
