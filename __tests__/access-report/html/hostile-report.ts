import { sampleReport } from "../../../dev/golden/access-report/sample";
import type { AccessReport } from "../../../lib/access-report/model/report";

/** Fields whose texts others wrote: files, git, CloudTrail, AWS. */
const FOREIGN = new Set([
  ...[
    "name",
    "role",
    "key",
    "project",
    "arn",
    "repository",
    "file",
    "path",
    "author",
    "subject",
    "pullRequest",
  ],
  ...["account", "reasons", "groups", "unknown", "why", "notRead", "notCommitted", "call", "object", "code"],
  ...["quoted", "text", "url", "region", "prefix", "people", "stack", "address", "proofs", "withoutEffect"],
]);
/** Words of the model, which decide what is written. */
const WORDS = new Set(["no-repository", "no-commit", "no-git"]);

let sample: string | undefined;

/** The sample, in which every text that others wrote is one of these, in turn. */
export function hostileReport(texts: readonly string[]): AccessReport {
  sample ??= JSON.stringify(sampleReport());
  let next = 0;
  const evil = (text: string): string => (WORDS.has(text) ? text : `${texts[next++ % texts.length]}${text}`);
  const change = (key: string, value: unknown): unknown => {
    if (typeof value === "string") return FOREIGN.has(key) ? evil(value) : value;
    if (Array.isArray(value)) return value.map((one) => change(key, one));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, change(name, one)]));
  };
  return change("", JSON.parse(sample)) as AccessReport;
}
