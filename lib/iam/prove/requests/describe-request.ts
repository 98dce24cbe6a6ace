import { describeFacts } from "../describe-witness";
import type { RequestWitness } from "./request-witness";

/**
 * A request on one line: what is called on what, by whom, with which condition keys, and what must
 * be so besides, as in
 * `s3:GetObject on arn:aws:s3:::acme/index.html by anybody with aws:SourceVpc = vpc-1 (for requests without TLS)`.
 */
export function describeRequest({ action, resource, caller, keys, facts }: RequestWitness): string {
  const by = caller === undefined ? "" : ` by ${caller}`;
  const conditions = facts.length === 0 ? "" : ` (${describeFacts(facts)})`;
  return `${action} on ${resource}${by}${describeKeys(keys)}${conditions}`;
}

function describeKeys(keys: RequestWitness["keys"]): string {
  const there = keys.flatMap(({ key, values }) =>
    values === "absent"
      ? []
      : [`${key} = ${values.map((text) => (text === "" ? '""' : text)).join(" and ")}`],
  );
  const missing = keys.flatMap(({ key, values }) => (values === "absent" ? [key] : []));
  const parts = [
    ...(there.length === 0 ? [] : [`with ${there.join(", ")}`]),
    ...(missing.length === 0 ? [] : [`without ${missing.join(", ")}`]),
  ];
  return parts.length === 0 ? "" : ` ${parts.join(" and ")}`;
}
