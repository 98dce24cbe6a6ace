import { compareText } from "../../collections/sort";
import { listPhrases } from "../../describe/list";
import { describeExtent } from "../../describe/permission";
import { distinctPhrases, type Phrase, quoted } from "../../describe/phrase";
import { accessGrows, accessShrinks } from "../../describe/relation";
import type { RiskClass } from "../../iam/risk/classes";
import type { PlanContext } from "../context/plan-context";
import type { AccessChange, AccessSentence, Aspect, Risk } from "../model/access-change";
import type { RisksByEffect } from "./described-risk";
import { isExternalCaller } from "./external-callers";

/** The class of a change by its aspect alone, where nothing more serious is known of it. */
const BY_ASPECT: Readonly<Record<Aspect, RiskClass>> = {
  trust: "wider-trust",
  permissions: "new-actions",
  credentials: "wider-trust",
  "runs-as": "wider-trust",
  session: "longer-session",
  provider: "wider-trust",
  "bucket-policy": "new-actions",
  "resource-policy": "new-actions",
  "public-access": "external-access",
  sharing: "external-access",
  exclusive: "other",
};

/** So many parts of an extent, and so many callers, are named; the rest is counted. */
const SHOWN = 3;

type Change = Pick<AccessChange, "aspect" | "relation" | "sentences">;

/**
 * The risk of a change: what it gains, else what it loses. Undetermined, if neither is known, and
 * never harmless.
 * @param found what a handler knows of it
 */
export function riskOf(change: Change, found: RisksByEffect, context: PlanContext): Risk {
  const { relation, aspect } = change;
  const effect = accessGrows(change) ? "gained" : accessShrinks(change) ? "lost" : undefined;
  if (effect === undefined)
    return { class: relation === "unknown" ? "undetermined" : "none", extent: [], who: [], people: [] };
  const sentences = change.sentences.filter((one) => one.effect === effect);
  const callers = callersOf(sentences);
  const known = found[effect] ?? {};
  const isExternal = callers.some((caller) => isExternalCaller(caller, context));
  return {
    class: known.class ?? (isExternal ? "external-access" : BY_ASPECT[aspect]),
    effect,
    extent: known.extent ?? extentOf(sentences),
    who:
      known.who ??
      listPhrases(
        callers.map((caller) => [quoted(caller)]),
        { most: SHOWN },
      ),
    people: [...new Set(known.people ?? sentences.flatMap(({ people }) => people))].sort(compareText),
  };
}

function callersOf(sentences: readonly AccessSentence[]): readonly string[] {
  return [
    ...new Set(
      sentences.flatMap(({ proof }) =>
        proof?.kind === "request" && proof.caller !== undefined ? [proof.caller] : [],
      ),
    ),
  ];
}

/** What is shown, as policies name it; else what the sentences say. */
function extentOf(sentences: readonly AccessSentence[]): Phrase {
  const calls = sentences.flatMap(({ proof, actions, resources }): readonly Phrase[] =>
    proof?.kind === "request" ? [describeExtent(proof, actions, resources)] : [],
  );
  const all = calls.length > 0 ? calls : sentences.map(({ phrase }) => phrase);
  return listPhrases(distinctPhrases(all), { most: SHOWN });
}
