import type { Path, Reporter } from "../yaml/problem";
import { lookUp } from "../yaml/yaml-tree";
import type { Outline, RoleOutline } from "./outline";

/** A job can wait for other jobs of its project only, and not for itself, by whatever way round. */
export function checkPipelines(outline: Outline, report: Reporter): void {
  for (const { roles, entry, path: projectPath } of outline.projects) {
    checkSurroundings(entry, projectPath, report);
    for (const role of roles) {
      checkSurroundings(role.entry, role.path, report);
      for (const { value, path } of role.after) {
        // A name that is no role's may be a job of the configuration, which is read later.
        const named = roles.find(({ key }) => key === value);
        if (named?.terraform === undefined) continue;
        report.at(path, {
          code: "unknown-role",
          message: "a role that runs Terraform has several jobs, each on some of its refs",
          found: value,
          allowed: "roles of the project that do not run Terraform, and jobs of the workflow",
          fix: "name the job itself, such as review or approve",
        });
      }
      const way = wayBack(role, roles);
      if (way === undefined) continue;
      report.at([...role.path, "pipeline", "after"], {
        code: "circular-pipeline",
        message: "the job waits for itself",
        found: [role.key, ...way].join(" after "),
        allowed: "an order with a beginning",
        fix: "take one of them out",
      });
    }
  }
}

/** Pairs of keys of `pipeline` of which only one can count. */
const EXCLUSIVE = [
  ["executor", "image"],
  ["executor", "imageCredentials"],
  ["workflow", "parameter"],
] as const;

function checkSurroundings(entry: unknown, path: Path, report: Reporter): void {
  for (const [one, other] of EXCLUSIVE) {
    const isBoth = [one, other].every((key) => lookUp(entry, ["pipeline", key]).present);
    if (!isBoth) continue;
    report.atKey([...path, "pipeline", other], {
      code: "pipeline-keys-exclusive",
      message: `\`${other}\` has no effect beside \`${one}\``,
      found: other,
      allowed: `\`${one}\` or \`${other}\``,
      fix: "remove one of the two",
    });
  }
}

/** From a role over those it comes after back to itself. */
function wayBack(start: RoleOutline, roles: readonly RoleOutline[]): readonly string[] | undefined {
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
