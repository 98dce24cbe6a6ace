import { and, atomsOf, evaluate, type Formula, type Known } from "../automata/formula";
import type { Claim } from "./claim";
import type { Fact } from "./facts";
import { type ListValue, valuesOf } from "./find-list";
import { findAbsent, findText } from "./find-text";
import { holdsAnyway, settleFacts } from "./settle-facts";
import type { TokenSpace } from "./space";

/** A token of the space, and what must be so besides. */
export interface Found {
  /** Undefined: the claim is absent. */
  readonly subject: string | undefined;
  /** Undefined: absent, or the one in the subject. */
  readonly project: string | undefined;
  readonly audience: readonly string[] | undefined;
  /** Empty: it is so whatever else is true. */
  readonly facts: readonly Fact[];
}

/** Whether a token must do whatever is true of the open facts, or with some of them. */
export type Certainty = "anyway" | "possibly";

/**
 * A token of the space for which the goal holds. Undefined: there is none, and that is certain: claim after claim, every way of
 * being in the languages that the goal asks for has been looked at, or could not lead to the goal (docs/trust-proof.md).
 *
 * @throws ProjectError `proof-budget-spent`
 */
export function findToken(space: TokenSpace, goal: Formula, certainty: Certainty): Found | undefined {
  const wanted = and(space.isToken, goal);
  const asked = new Set(atomsOf(wanted));
  const nothingKnown: Known = Array.from({ length: space.atoms.count }, () => undefined);
  if (evaluate(wanted, nothingKnown) === false) return undefined;
  let audiences: readonly ListValue[] | undefined;

  const withFacts = (known: Known): readonly Fact[] | undefined => {
    if (certainty === "possibly") return settleFacts(wanted, known, space.facts, space.budget);
    return holdsAnyway(wanted, known, space.facts, space.budget) ? [] : undefined;
  };
  const withAudience = (known: Known): Pick<Found, "audience" | "facts"> | undefined => {
    audiences ??= valuesOf(space.audience, asked);
    for (const { texts, learn } of audiences) {
      space.budget.spend(1);
      const facts = withFacts(learn(known));
      if (facts !== undefined) return { audience: texts, facts };
    }
    const facts = findAbsent(space.audience, known, withFacts);
    return facts === undefined ? undefined : { audience: undefined, facts };
  };
  const withText = <Rest>(
    claim: Claim,
    known: Known,
    then: (known: Known) => Rest | undefined,
  ): { readonly text: string | undefined; readonly rest: Rest } | undefined => {
    const there = findText(claim, wanted, asked, known, then);
    if (there !== undefined) return { text: there.text, rest: there.found };
    const rest = findAbsent(claim, known, then);
    return rest === undefined ? undefined : { text: undefined, rest };
  };
  const withProject = (known: Known): Omit<Found, "subject"> | undefined => {
    if (space.project === undefined) {
      const rest = withAudience(known);
      return rest === undefined ? undefined : { project: undefined, ...rest };
    }
    const found = withText(space.project, known, withAudience);
    return found === undefined ? undefined : { project: found.text, ...found.rest };
  };
  const found = withText(space.subject, nothingKnown, withProject);
  return found === undefined ? undefined : { subject: found.text, ...found.rest };
}
