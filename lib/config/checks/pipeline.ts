import { adviceFor } from "../../collections/suggest";
import type { Reporter } from "../yaml/problem";
import type { Outline, RoleOutline } from "./outline";

/** A job can wait for other jobs of its project only, and not for itself, by whatever way round. */
export function checkPipelines(outline: Outline, report: Reporter): void {
  for (const { roles } of outline.projects) {
    // Jobs that run Terraform are several for a role, each on some of its refs.
    const known = new Set(roles.filter(({ terraform }) => terraform === undefined).map(({ key }) => key));
    for (const role of roles) {
      for (const { value, path } of role.after) {
        if (known.has(value)) continue;
        report.at(path, {
          code: "unknown-role",
          message: "the project has no role of this name whose job could go first",
          found: value,
          allowed: "keys of the project's `roles` that do not run Terraform",
          fix: adviceFor(value, known, "name a role of the same project"),
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
