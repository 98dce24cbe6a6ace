import type { AccessChange, Aspect } from "../../diff/model/access-change";
import { NOT_DECLARED } from "../../live/compare/sides";
import type { Review } from "../../report/model/review";
import type { AccessRow } from "../../report/rows/access-row";
import { trialsOf } from "../../report/rows/commands";
import { placeOf } from "../../report/rows/lifecycle";
import { BY_HAND } from "../../report/rows/row-words";
import { rowsOf } from "../../report/rows/rows-of";
import { sentenceLines } from "../../report/rows/sentence-lines";
import type { DifferenceEvidence, DifferenceRow, DifferentSubject, NotCompared } from "../model/differences";

/** The differences of a review as rows of the report, the most serious first. */
export function differenceRows(review: Review): readonly DifferenceRow[] {
  const missing = missingIn(review);
  return rowsOf(review).map(({ level, class: risk, risk: words, what, who, from, changes }: AccessRow) => ({
    level,
    class: risk,
    risk: words,
    subjects: subjectsOf(changes, missing),
    // The file may also be ahead of the account: it is not known who made the difference.
    what: what.filter((part) => !BY_HAND.includes(part)),
    who,
    from,
    evidence: changes.map(evidenceOf),
  }));
}

/** What a review could not compare. */
export function notComparedIn({ notExamined = [] }: Review): readonly NotCompared[] {
  return notExamined.map(({ stack, address, reason }) => ({ stack, address, reason }));
}

const KINDS: Readonly<Partial<Record<Aspect, DifferentSubject["kind"]>>> = {
  trust: "role",
  permissions: "role",
  session: "role",
  exclusive: "role",
  provider: "provider",
  "bucket-policy": "bucket",
  "public-access": "bucket",
};

function subjectsOf(
  changes: readonly AccessChange[],
  missing: ReadonlySet<string>,
): readonly DifferentSubject[] {
  const all = changes.map((change): DifferentSubject => {
    const { aspect, subject, stack, addresses } = change;
    const isMissing = addresses.some((address) => missing.has(placeOf(stack, address)));
    return {
      kind: KINDS[aspect] ?? "resource",
      name: subject,
      in: stack === NOT_DECLARED ? "account" : isMissing ? "file" : "both",
    };
  });
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}

/**
 * Roles and providers that were declared and are no more; a policy that is gone is a difference.
 */
function missingIn({ stacks }: Review): ReadonlySet<string> {
  const gone = stacks.flatMap(({ name, drift }) =>
    drift
      .filter(({ action, address }) => action === "destroy" && OWN_OBJECT.test(address))
      .map(({ address }) => placeOf(name, address)),
  );
  return new Set(gone);
}

const OWN_OBJECT = /^aws_iam_(?:role|openid_connect_provider)\./;

/** Without commands, which hold whole policies: a page is read, not run. */
function evidenceOf({ documents: _, ...change }: AccessChange): DifferenceEvidence {
  return {
    sentences: sentenceLines(change),
    proofs: trialsOf(change).flatMap(({ facts }) => facts),
  };
}
