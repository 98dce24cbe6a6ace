import { PERMISSIONS_MANAGEMENT_SERVICES } from "../model/boundary";
import type { Path, Reporter } from "../yaml/problem";
import { isTreeMap } from "../yaml/yaml-tree";
import { accountOf } from "./accounts";
import type { AccountOutline, Outline, RoleOutline } from "./outline";

/**
 * In an account with a role that applies, every other role has the account's permissions boundary.
 * Permissions that a computed boundary cannot contain are reported here: AWS would deny them.
 */
export function checkBoundaries(outline: Outline, report: Reporter): void {
  const roles = outline.projects.flatMap((project) => project.roles);
  const applied = new Set(
    roles
      .filter(({ terraform }) => terraform?.value === "apply")
      .map((role) => accountOf(role, outline)?.key),
  );
  for (const role of roles) {
    const account = accountOf(role, outline);
    if (account === undefined || !applied.has(account.key) || role.terraform !== undefined) continue;
    reportOwnBoundary(role, account, report);
    if (account.boundary !== undefined) continue;
    reportPolicies(role, account, report);
    reportStatements(role, account, report);
  }
}

function reportOwnBoundary(role: RoleOutline, account: AccountOutline, report: Reporter): void {
  if (role.boundary === undefined || role.boundary.value === account.boundary?.value) return;
  report.at(role.boundary.path, {
    code: "boundary-of-its-own",
    message: "every role of an account with `terraform: apply` has the account's permissions boundary",
    found: role.boundary.value,
    allowed:
      account.boundary?.value ??
      "no `permissionsBoundary` on the role: the boundary is computed from the file",
    fix: `remove it, or set it once as accounts.${account.key}.permissionsBoundary`,
  });
}

function reportPolicies(role: RoleOutline, { key }: AccountOutline, report: Reporter): void {
  for (const list of ["policies", "inlinePolicies"] as const) {
    const [policy] = role[list];
    if (policy === undefined) continue;
    report.atKey([...role.path, list], {
      code: "boundary-needed",
      message:
        "the permissions of these policies are not in access.yaml, so no boundary can be computed for the role",
      found: policy.value,
      allowed: "`bucket` and `statements`, or a `permissionsBoundary` of the account",
      fix: `write the permissions as \`statements\`, or set accounts.${key}.permissionsBoundary`,
    });
  }
}

function reportStatements(role: RoleOutline, { key }: AccountOutline, report: Reporter): void {
  if (!Array.isArray(role.entry.statements)) return;
  role.entry.statements.forEach((statement: unknown, index) => {
    if (!isTreeMap(statement) || statement.Effect !== "Allow") return;
    const path: Path = [...role.path, "statements", index];
    const violation = {
      code: "beyond-boundary" as const,
      message:
        "this allows permissions management (privilege escalation), which the computed boundary denies",
      fix: `list the services that the role needs, or set accounts.${key}.permissionsBoundary`,
    };
    const services = PERMISSIONS_MANAGEMENT_SERVICES.join(", ");
    for (const [at, action] of textsOf(statement, "Action")) {
      const [service = ""] = action.toLowerCase().split(":");
      if (service !== "*" && !PERMISSIONS_MANAGEMENT_SERVICES.some((one) => one === service)) continue;
      report.at([...path, ...at], {
        ...violation,
        found: action,
        allowed: `actions of services other than ${services}`,
      });
    }
    const excluded = textsOf(statement, "NotAction").map(([, action]) => action.toLowerCase());
    if (excluded.length === 0 || excluded.includes("*")) return;
    const open = PERMISSIONS_MANAGEMENT_SERVICES.filter((one) => !excluded.includes(`${one}:*`));
    if (open.length === 0) return;
    report.atKey([...path, "NotAction"], {
      ...violation,
      found: `NotAction without ${open.map((one) => `${one}:*`).join(", ")}`,
      allowed: `NotAction that includes all of ${services}`,
    });
  });
}

function textsOf(
  statement: Readonly<Record<string, unknown>>,
  key: string,
): readonly (readonly [Path, string])[] {
  const value = statement[key];
  if (typeof value === "string") return [[[key], value]];
  if (!Array.isArray(value)) return [];
  return value.flatMap((one: unknown, index): readonly (readonly [Path, string])[] =>
    typeof one === "string" ? [[[key, index], one]] : [],
  );
}
