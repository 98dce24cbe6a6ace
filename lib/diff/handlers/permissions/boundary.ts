import { type Phrase, quoted } from "../../../describe/phrase";
import type { Relation } from "../../../describe/relation";
import type { ActionCatalogue } from "../../../iam/data/action-details";
import {
  comparePermissions,
  type Permissions,
  type RequestCounterexample,
} from "../../../iam/prove/requests/compare-permissions";
import type { AccessSentence } from "../../model/access-change";
import type { PolicySource } from "../../permissions/effective-policies";
import { requestProof } from "../../requests/request-sentences";
import { type BoundarySide, describeBoundary } from "./boundary-words";

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
  if (isSameBoundary([was, is])) return { relations: [], sentences: [] };
  const { relation, gained, lost } = comparePermissions(withBesides(was), withBesides(is), { catalogue });
  const sides = [sideOf(before, was), sideOf(after, is)] as const;
  const sentence = (
    effect: AccessSentence["effect"],
    request: RequestCounterexample | undefined,
  ): readonly AccessSentence[] => {
    if (request === undefined) return [];
    const call: Phrase = [quoted(request.action), " on ", quoted(request.resource)];
    const isBeside = effect === "lost" && gained !== undefined;
    const phrase = describeBoundary(whose, sides, { effect, call, isBeside });
    return [{ effect, people: [], phrase, proof: requestProof(request) }];
  };
  return {
    relations: relation === "same" ? [] : [relation],
    sentences: [...sentence("gained", gained), ...sentence("lost", lost)],
  };
}

function sideOf(
  source: PolicySource | undefined,
  { boundary: content }: Permissions,
): BoundarySide | undefined {
  if (source === undefined || content === undefined) return undefined;
  return { name: source.name, id: source.id, content };
}

function isSameBoundary([was, is]: readonly [before: Permissions, after: Permissions]): boolean {
  return JSON.stringify(was.boundary ?? null) === JSON.stringify(is.boundary ?? null);
}

/**
 * Whether both sides have a boundary, and it allows something else: another policy, or a changed
 * one.
 */
export function isBoundaryChanged(permissions: readonly [before: Permissions, after: Permissions]): boolean {
  return permissions.every(({ boundary }) => boundary !== undefined) && !isSameBoundary(permissions);
}
