import { joinPhrases, type Phrase, quoted } from "../../describe/phrase";
import { isLiteral } from "../../iam/language/is-literal";
import type { Patterns, Statement } from "../../iam/language/policy";
import type { Principal } from "../context/principals";
import type { Snapshot } from "../context/timelines";
import {
  type EffectivePolicies,
  effectivePoliciesAt,
  type Policies,
  type PolicySource,
} from "./effective-policies";

/** So many statements and policies are told; the rest is counted. */
const SHOWN = 3;

/**
 * What a principal may do, as the end of a sentence about somebody who gets to act as it. Extents
 * as the policies name them, the widest first.
 * @returns such as: which can `s3:*` on `*`
 */
export function sayPermissions(principal: Principal, snapshot: Snapshot, policies: Policies): Phrase {
  const effective = effectivePoliciesAt(principal, snapshot, policies);
  const isWhole = principal.declared.length > 0;
  if (effective === undefined) return ["which the plans do not have"];
  if (effective.identity.length === 0 && effective.unknown.length === 0)
    return isWhole
      ? ["which can do nothing by policies in the plans"]
      : ["whose permissions are not in the plan"];
  const items = itemsOf(effective);
  const left = items.length - SHOWN;
  const told = [
    ...items.slice(0, SHOWN),
    ...(left > 0 ? [[`${left} more`]] : []),
    ...(isWhole ? [] : [["whatever else it has, which is not in the plan"]]),
  ];
  if (told.length === 0) return ["which can do nothing: its policies only deny"];
  return ["which can ", ...joinPhrases(told, ", and "), ...limitsOf(effective)];
}

function itemsOf({ identity, unknown }: EffectivePolicies): readonly Phrase[] {
  const allowed = identity.flatMap(({ content }) =>
    content.kind === "policy" ? content.policy.statements.filter(({ effect }) => effect === "Allow") : [],
  );
  const wide = allowed.filter(isWide);
  return [
    ...[...wide, ...allowed.filter((one) => !isWide(one))].map(sayStatement),
    ...identity.flatMap(sayByName),
    ...(unknown.length === 0 ? [] : [["more that is known only after apply, or cannot be read"]]),
  ];
}

function isWide({ actions }: Statement): boolean {
  return actions.negated || !actions.values.every(isLiteral);
}

function sayStatement({ actions, resources, conditions }: Statement): Phrase {
  return [
    ...sayPatterns(actions),
    " on ",
    ...(resources === undefined ? ["no resource"] : sayPatterns(resources)),
    ...(conditions.length === 0 ? [] : [" under conditions"]),
  ];
}

function sayPatterns({ negated, values }: Patterns): Phrase {
  const shown = values.slice(0, SHOWN).map(({ text }): Phrase => [quoted(text)]);
  const left = values.length - SHOWN;
  const names = joinPhrases([...shown, ...(left > 0 ? [[`${left} more`]] : [])], ", ");
  return negated ? ["everything but ", ...names] : names;
}

function sayByName({ id, name, content, kind }: PolicySource): readonly Phrase[] {
  if (content.kind === "aws") return [["what AWS's policy ", quoted(name), " allows"]];
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
    ...(boundary === undefined ? [] : [", within boundary ", quoted(boundary.name)]),
  ];
}
