import Table from "cli-table3";
import type { Access, Account } from "../../../lib/config/model/model";
import { wrapText } from "../../../lib/terminal/wrap-text";
import { describeTrust } from "./describe-trust";
import type { LiveAccount, LiveRole } from "./read-back";

/** Without colours: the output often goes to a file. */
export const PLAIN = { head: [], border: [] };

/** Texts in a cell are wrapped, so that a table with names of usual length fits 80 columns. */
const CELL = 26;

/** The account for people: as AWS describes it, with names for ids from access.yaml. */
export function describeAccount(access: Access, live: LiveAccount): string {
  return [providerTable(live), roleTable(access, live), bucketTable(live), stateTable(access, live)].join(
    "\n\n",
  );
}

function providerTable(live: LiveAccount): string {
  const table = new Table({ style: PLAIN });
  for (const { url, audiences } of live.providers)
    table.push(["OIDC provider", url.replace(/^https:\/\//, "")], ["audiences", audiences.join("\n")]);
  return table.toString();
}

function roleTable(access: Access, live: LiveAccount): string {
  const table = new Table({ head: ["role", "who may assume it", "from"], style: PLAIN });
  for (const role of live.roles) {
    const account = accountOf(access, role);
    const { who, from } =
      account === undefined
        ? { who: ["UNDETERMINED: its account is not in access.yaml"], from: [] }
        : describeTrust(role.trust, account, access);
    table.push([
      role.name,
      ...[who, from].map((lines) => lines.map((one) => wrapText(one, CELL)).join("\n")),
    ]);
  }
  return table.toString();
}

/** By the ARN: roles of one name may be in several accounts. */
function accountOf({ accounts }: Access, { arn }: LiveRole): Account | undefined {
  const id = /^arn:[^:]*:iam::(\d{12}):role\//.exec(arn)?.[1];
  return accounts.find((account) => account.id === id);
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
      bucket.policy.includes('"aws:SecureTransport":"false"') ? "denied" : "NOT DENIED",
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
