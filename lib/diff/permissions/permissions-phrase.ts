import { describeStatement, widestFirst } from "../../describe/permission";
import { joinPhrases, type Phrase, quoted } from "../../describe/phrase";
import type { Principal } from "../context/principals";
import type { Snapshot } from "../context/timelines";
import {
  type EffectivePolicies,
  effectivePoliciesAt,
  type Policies,
  type PolicySource,
} from "./effective-policies";

/** So many statements and policies are named; the rest is counted. */
const SHOWN = 3;

/**
 * A principal's permissions, as the end of a sentence about those who can act as it. Extents as the
 * policies name them, the widest first.
 * @returns such as: which can perform `s3:*` on `*`
 */
export function permissionsPhrase(principal: Principal, snapshot: Snapshot, policies: Policies): Phrase {
  const effective = effectivePoliciesAt(principal, snapshot, policies);
  const isWhole = principal.declared.length > 0;
  if (effective === undefined) return ["whose permissions are not in the plan"];
  if (effective.identity.length === 0 && effective.unknown.length === 0)
    return isWhole ? ["which has no permissions in the plans"] : ["whose permissions are not in the plan"];
  const items = itemsOf(effective);
  const left = items.length - SHOWN;
  const extents = [
    ...items.slice(0, SHOWN),
    ...(left > 0 ? [[`${left} more`]] : []),
    ...(isWhole ? [] : [["what its other policies allow, which are not in the plan"]]),
  ];
  if (extents.length === 0) return ["which has no permissions: its policies only deny"];
  return ["which can perform ", ...joinPhrases(extents, ", and "), ...limitsOf(effective)];
}

function itemsOf({ identity, unknown }: EffectivePolicies): readonly Phrase[] {
  const allowed = identity.flatMap(({ content }) =>
    content.kind === "policy" ? content.policy.statements.filter(({ effect }) => effect === "Allow") : [],
  );
  return [
    ...widestFirst(allowed).map((one) => describeStatement(one)),
    ...identity.flatMap(byNamePhrases),
    ...(unknown.length === 0 ? [] : [["more that is known only after apply or cannot be read"]]),
  ];
}

function byNamePhrases({ id, name, content, kind }: PolicySource): readonly Phrase[] {
  if (content.kind === "aws") return [["what the AWS managed policy ", quoted(name), " allows"]];
  if (content.kind !== "foreign") return [];
  return kind === "group"
    ? [["what group ", quoted(id), " allows, which is not in the plan"]]
    : [["what policy ", quoted(name), " allows, whose contents are not in the plan"]];
}

function limitsOf({ identity, boundary }: EffectivePolicies): Phrase {
  const denies = identity.some(
    ({ content }) =>
      content.kind === "policy" && content.policy.statements.some(({ effect }) => effect === "Deny"),
  );
  return [
    ...(denies ? [", except what its policies deny"] : []),
    ...(boundary === undefined ? [] : [", within permissions boundary ", quoted(boundary.name)]),
  ];
}
