import { listPhrases } from "../../../describe/list";
import { describeStatement, widestFirst } from "../../../describe/permission";
import { type Phrase, quoted } from "../../../describe/phrase";
import type { Relation } from "../../../describe/relation";
import type { ActionCatalogue } from "../../../iam/data/action-details";
import {
  comparePermissions,
  type PermissionSource,
  type Permissions,
  type RequestCounterexample,
} from "../../../iam/prove/requests/compare-permissions";
import type { AccessSentence } from "../../model/access-change";
import type { PolicySource } from "../../permissions/effective-policies";
import { requestProof } from "../../requests/request-sentences";

/**
 * A boundary limits also what policies of buckets and queues let the role do, and those are in no
 * role's effective.
 */
const BESIDES = { kind: "opaque", name: "a resource-based policy" } as const;

/**
 * A permissions boundary that is added, removed or replaced. It is compared on its own: it also
 * limits permissions that the principal gets later, or from other policies (IAM User Guide,
 * "Permissions boundaries for IAM entities").
 */
export function boundaryChange(
  whose: Phrase,
  [before, after]: readonly [before: PolicySource | undefined, after: PolicySource | undefined],
  [was, is]: readonly [before: Permissions, after: Permissions],
  catalogue: ActionCatalogue | undefined,
): { readonly relations: readonly Relation[]; readonly sentences: readonly AccessSentence[] } {
  const withBesides = (permissions: Permissions): Permissions => ({
    ...permissions,
    identity: [...permissions.identity, BESIDES],
  });
  if (JSON.stringify(was.boundary ?? null) === JSON.stringify(is.boundary ?? null))
    return { relations: [], sentences: [] };
  const { relation, gained, lost } = comparePermissions(withBesides(was), withBesides(is), { catalogue });
  const sentence = (
    effect: AccessSentence["effect"],
    request: RequestCounterexample | undefined,
    alone: Phrase | undefined,
  ): readonly AccessSentence[] => {
    if (request === undefined) return [];
    const through: Phrase = [
      "the permissions boundary of ",
      ...whose,
      effect === "gained" ? " now allows " : " no longer allows ",
      ...[quoted(request.action), " on ", quoted(request.resource)],
    ];
    return [{ effect, people: [], phrase: alone ?? through, proof: requestProof(request) }];
  };
  const name = quoted((before ?? after)?.name ?? "");
  const goes: Phrase = ["permissions boundary ", name, " no longer limits ", ...whose];
  const comes: Phrase = ["permissions boundary ", name, " now limits ", ...whose];
  const exchanged = exchangedPhrase(whose, [before, after], [was, is], catalogue);
  return {
    relations: relation === "same" ? [] : [relation],
    sentences: [
      ...sentence("gained", gained, after === undefined ? goes : exchanged),
      ...sentence("lost", lost, before === undefined ? comes : gained === undefined ? exchanged : undefined),
    ],
  };
}

/**
 * What another boundary comes to: by what both allow, since an example says too little, and what the
 * principal's own policies allow, `*`, is neither gained nor lost. Undefined: the boundary is the
 * same policy, or one of them has unknown contents.
 */
function exchangedPhrase(
  whose: Phrase,
  [before, after]: readonly [before: PolicySource | undefined, after: PolicySource | undefined],
  [was, is]: readonly [before: Permissions, after: Permissions],
  catalogue: ActionCatalogue | undefined,
): Phrase | undefined {
  if (!isBoundaryExchanged([before, after])) return undefined;
  const [old, now] = [was, is].map(({ boundary }) => allowedBy(boundary, catalogue));
  if (old === undefined || now === undefined) return undefined;
  return [
    ...["permissions boundary ", quoted(before?.name ?? ""), " of ", ...whose, " is replaced by "],
    ...[quoted(after?.name ?? ""), ", which allows ", ...now, " instead of ", ...old],
  ];
}

/** Whether both sides have a boundary, and not the same one. */
export function isBoundaryExchanged([before, after]: readonly [
  before: PolicySource | undefined,
  after: PolicySource | undefined,
]): boolean {
  return before !== undefined && after !== undefined && before.id !== after.id;
}

/** So many statements of a boundary are named; the rest is counted. */
const SHOWN = 3;

function allowedBy(
  boundary: PermissionSource | undefined,
  catalogue: ActionCatalogue | undefined,
): Phrase | undefined {
  if (boundary?.kind !== "policy") return undefined;
  const { statements } = boundary.policy;
  const allowed = statements.filter(({ effect }) => effect === "Allow");
  if (allowed.length === 0) return ["nothing"];
  const denies = statements.length > allowed.length ? [", except what it denies"] : [];
  return [
    ...listPhrases(
      widestFirst(allowed).map((one) => describeStatement(one, catalogue)),
      { most: SHOWN },
    ),
    ...denies,
  ];
}
