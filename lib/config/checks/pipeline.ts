import type { Path, Reporter } from "../yaml/problem";
import { lookUp } from "../yaml/yaml-tree";
import type { Outline, RoleOutline } from "./outline";

/** A job can wait for other jobs of its project only, and never for itself, even indirectly. */
export function checkPipelines(outline: Outline, report: Reporter): void {
  for (const { roles, entry, path: projectPath } of outline.projects) {
    reportExclusiveKeys(entry, projectPath, report);
    const isWatched = roles.some(({ terraform }) => terraform?.value === "watch");
    const watch = lookUp(entry, ["pipeline", "watch"]);
    if (watch.present && !isWatched)
      report.atKey([...projectPath, "pipeline", "watch"], {
        code: "watch-without-role",
        message: "no role of the project watches its account",
        found: String(watch.value),
        allowed: "`watch` in a project that has a role with `terraform: watch`",
        fix: "add watch: { people: [scheduled], branches: [main], terraform: watch } to the project's roles (docs/watch.md)",
      });
    for (const role of roles) {
      reportExclusiveKeys(role.entry, role.path, report);
      for (const { value, path } of role.after) {
        // Another name may be a job of the configuration, which is read later.
        const named = roles.find(({ key }) => key === value);
        if (named?.terraform === undefined) continue;
        // One job applies an account; the next account may wait for it.
        if (named.terraform.value === "apply" && role.terraform?.value === "apply") continue;
        report.at(path, {
          code: "unknown-role",
          message: "a role that runs Terraform has several jobs, each for some of its refs",
          found: value,
          allowed:
            "roles of the project that do not run Terraform, and jobs of the workflow; at a role with `terraform: apply`, another one",
          fix: "name the job, such as review or approve",
        });
      }
      if (role.terraform !== undefined && lookUp(role.entry, ["pipeline", "workflow"]).present)
        report.atKey([...role.path, "pipeline", "workflow"], {
          code: "pipeline-keys-exclusive",
          message: "a role that runs Terraform has several jobs, all in the project's workflow",
          found: "workflow",
          allowed: "`workflow` in the project's `pipeline`",
          fix: "remove it here, or move it to the project",
        });
      const cycle = cycleFrom(role, roles);
      if (cycle === undefined) continue;
      report.at([...role.path, "pipeline", "after"], {
        code: "circular-pipeline",
        message: "the job waits for itself",
        found: [role.key, ...cycle].join(" after "),
        allowed: "an order without a cycle",
        fix: "remove one of the roles from `after`",
      });
    }
  }
}

/** Pairs of keys of `pipeline` that exclude each other. */
const EXCLUSIVE = [
  ["executor", "image"],
  ["executor", "imageCredentials"],
  ["workflow", "parameter"],
] as const;

function reportExclusiveKeys(entry: unknown, path: Path, report: Reporter): void {
  for (const [one, other] of EXCLUSIVE) {
    const isBoth = [one, other].every((key) => lookUp(entry, ["pipeline", key]).present);
    if (!isBoth) continue;
    report.atKey([...path, "pipeline", other], {
      code: "pipeline-keys-exclusive",
      message: `\`${other}\` has no effect with \`${one}\``,
      found: other,
      allowed: `\`${one}\` or \`${other}\``,
      fix: "remove one of the two",
    });
  }
}

/** The roles that a role waits for, up to itself; undefined if there is no cycle. */
function cycleFrom(start: RoleOutline, roles: readonly RoleOutline[]): readonly string[] | undefined {
  const seen = new Set<string>();
  const search = (role: RoleOutline): readonly string[] | undefined => {
    for (const { value } of role.after) {
      if (value === start.key) return [value];
      const next = roles.find(({ key }) => key === value);
      if (next === undefined || seen.has(value)) continue;
      seen.add(value);
      const rest = search(next);
      if (rest !== undefined) return [value, ...rest];
    }
    return undefined;
  };
  return search(start);
}
