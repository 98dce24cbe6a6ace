import Table from "cli-table3";
import type { Access } from "../access/model";
import { issuerOf } from "../token/issuer";
import { describeTrust } from "./describe-trust";
import type { LiveAccount, LiveRole } from "./read-back";

/** Without colours: the output is as often a file as a terminal. */
export const PLAIN = { head: [], border: [] };

/** What exists, for people: built from what AWS said; access.yaml only lends names for ids. */
export function describeAccount(access: Access, live: LiveAccount): string {
  return [providerTable(live), roleTable(access, live), bucketTable(live), stateTable(access, live)].join(
    "\n\n",
  );
}

function providerTable(live: LiveAccount): string {
  const table = new Table({ head: ["OIDC provider", "audience"], style: PLAIN });
  for (const { url, audiences } of live.providers) table.push([url, audiences.join("\n")]);
  return table.toString();
}

function roleTable(access: Access, live: LiveAccount): string {
  const table = new Table({ head: ["role", "who may assume it", "from"], style: PLAIN });
  for (const role of live.roles) {
    const admissions = admissionsOf(access, role);
    for (const [who, from] of admissions) table.push([role.name, who, from]);
  }
  return table.toString();
}

/** One row a person (or `anyone`), with all the places that the trust policy lets them come from. */
function admissionsOf(access: Access, role: LiveRole): ReadonlyMap<string, string> {
  const project = access.projects.find(({ roles }) => roles.some(({ name }) => name === role.name));
  const audience = project?.audience ?? access.organization.audience;
  const rows = new Map<string, string>();
  for (const { user, project: id, from } of describeTrust(
    role.trust,
    issuerOf(access.organization),
    audience,
  )) {
    const owner = access.projects.find((candidate) => candidate.id === id)?.key ?? id;
    const who = user === "anyone" ? `anyone in project ${owner}` : nameOf(access, user);
    rows.set(who, [rows.get(who), from].filter((text) => text !== undefined).join("\n"));
  }
  return rows;
}

function nameOf(access: Access, user: string): string {
  return access.people.find(({ id }) => id === user)?.name ?? user;
}

function bucketTable(live: LiveAccount): string {
  const head = ["bucket", "public access", "versions", "encryption", "without TLS"];
  const table = new Table({ head, style: PLAIN });
  for (const bucket of live.buckets) {
    table.push([
      bucket.name,
      bucket.publicAccessBlocked ? "blocked" : "NOT BLOCKED",
      bucket.versioned ? "kept" : "NOT KEPT",
      bucket.encryption,
      bucket.policy.includes('"aws:SecureTransport":"false"') ? "refused" : "NOT REFUSED",
    ]);
  }
  return table.toString();
}

function stateTable(access: Access, live: LiveAccount): string {
  const table = new Table({ head: ["Terraform state", "in bucket"], style: PLAIN });
  for (const { stateBucket } of access.accounts) {
    const objects = live.buckets.find(({ name }) => name === stateBucket)?.objects ?? [];
    for (const key of objects) table.push([key, stateBucket]);
  }
  return table.toString();
}
