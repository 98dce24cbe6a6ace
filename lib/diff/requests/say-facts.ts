import { describeFact, sayingOf } from "../../describe/counterexample";
import { joinPhrases, type Phrase, quoted } from "../../describe/phrase";
import type { Fact } from "../../iam/prove/keys/fact";

/**
 * The end of a sentence about who can do what:
 * `, for requests from outside 10.0.0.0/8 and without MFA`; empty without facts.
 */
export function sayFacts(facts: readonly Fact[]): Phrase {
  const ofKeys = facts.filter(({ values }) => values !== undefined).map((fact) => [quoted(sayingOf(fact))]);
  const others = facts
    .filter(({ values }) => values === undefined)
    .map((fact) => [quoted(describeFact(fact))]);
  return [
    ...(ofKeys.length === 0 ? [] : [", for requests ", ...joinPhrases(ofKeys, " and ")]),
    ...(others.length === 0 ? [] : [", if ", ...joinPhrases(others, ", and ")]),
  ];
}

/**
 * Each by itself, with the values to try it with:
 * `from outside 10.0.0.0/8 (aws:SourceIp = 203.0.113.7)`.
 */
export function listFacts(facts: readonly Fact[]): readonly string[] {
  return facts.map((fact) => (fact.values === undefined ? `if ${describeFact(fact)}` : describeFact(fact)));
}
