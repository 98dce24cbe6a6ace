import { remembered } from "../../collections/remembered";
import { compareText } from "../../collections/sort";
import { capitalised } from "../../describe/phrase";
import { accessShrinks } from "../../describe/relation";
import { withLeadingName, withPrincipalNames } from "../../describe/resource-name";
import type { AccessChange } from "../../diff/model/access-change";
import type { Review } from "../model/review";
import type { AccessRow } from "./access-row";
import { nameOf } from "./access-words";
import { dataRowsOf } from "./data-rows";
import { type ChangeGroup, groupChanges } from "./group-changes";
import { lifecyclesIn, nameIn as nameOfPrincipal } from "./lifecycle";
import { mergeAlike } from "./merge-rows";
import { compareRowRisks, type RowRisk, riskOfRow } from "./row-risk";
import { wordsOf } from "./row-words";

/**
 * The changes of access as rows, the most serious first, with the data that is destroyed. Changes
 * that leave access as it is are in no row.
 */
export function rowsOf(review: Review): readonly AccessRow[] {
  return remembered(KNOWN, review, () => readRows(review));
}

/** A comment that does not fit is printed in several steps, and each step needs the rows. */
const KNOWN = new WeakMap<Review, readonly AccessRow[]>();

function readRows(review: Review): readonly AccessRow[] {
  const changed = review.access.filter((change) => !isEquivalent(change));
  const ofAccess = groupChanges(changed, lifecyclesIn(review)).map((group) => ({
    row: rowOf(group, riskOfRow(group)),
    name: nameIn(group),
  }));
  return mergeAlike(
    [...ofAccess, ...dataRowsOf(review)].toSorted((one, other) => compareRowRisks(one.row, other.row)),
  );
}

/** The name of what a group is about, as its row has it. */
function nameIn({ lifecycle, changes: [change] }: ChangeGroup): string {
  const own =
    lifecycle === undefined
      ? undefined
      : (lifecycle.name ?? nameOfPrincipal(lifecycle, "before") ?? nameOfPrincipal(lifecycle, "after"));
  const subject = change?.subject ?? own ?? lifecycle?.resource.address ?? "";
  return nameOf(subject).flatMap((part) => (typeof part === "string" ? [] : [part.quoted]))[0] ?? subject;
}

/** Only the text differs. */
export function isEquivalent({ relation, sentences }: AccessChange): boolean {
  return relation === "same" && sentences.length === 0;
}

function rowOf(group: ChangeGroup, { level, words, class: risk }: RowRisk): AccessRow {
  const { lifecycle, changes } = group;
  const { what, who, from, headlines } = wordsOf(group);
  const own = lifecycle === undefined ? [] : [lifecycle.resource.address];
  const addresses = [...new Set([...own, ...changes.flatMap((change) => change.addresses)])];
  const stacks = [
    ...(lifecycle === undefined ? [] : [lifecycle.stack]),
    ...changes.map(({ stack }) => stack),
  ];
  return {
    level,
    class: risk,
    risk: words,
    what: capitalised(withLeadingName(what)),
    who: withPrincipalNames(who),
    from,
    headlines,
    addresses,
    stacks: [...new Set(stacks)].sort(compareText),
    ids: [...destroyedIds(lifecycle), ...changes.flatMap(idsOf)],
    changes,
  };
}

/** What `--fail-on destroy,replace` fails on of the principal itself. */
function destroyedIds(lifecycle: ChangeGroup["lifecycle"]): readonly string[] {
  return lifecycle === undefined || lifecycle.kind === "created" ? [] : [lifecycle.resource.id];
}

function idsOf(change: AccessChange): readonly string[] {
  return accessShrinks(change) && change.source === "plan" ? [] : [change.id];
}
