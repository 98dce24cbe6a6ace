import { listPhrases } from "../../describe/list";
import { distinctPhrases, type Phrase, plainText } from "../../describe/phrase";
import type { AccessChange } from "../../diff/model/access-change";
import type { RiskClass } from "../../iam/risk/classes";

/** What a principal can do that is a risk by itself, such as: becomes administrator. */
export interface RiskFact {
  /** Without names and conditions, for the headline. */
  readonly short: Phrase;
  /** With its extent. */
  readonly long: Phrase;
  /** The same of a new principal, after its name: , administrator. */
  readonly shortNew: Phrase;
  /** Behind a colon: can read every secret (`secretsmanager:GetSecretValue` on `*`). */
  readonly longNew: Phrase;
  /** Nothing that is said beside it adds to it. */
  readonly isEverything: boolean;
}

/** Undefined: what is gained is none of these, or not by the permissions of the subject. */
export function riskFactOf({ risk, aspect }: AccessChange): RiskFact | undefined {
  const { class: name, effect, extent } = risk;
  if (effect !== "gained") return undefined;
  if (aspect === "runs-as") return ofRole(name);
  if (aspect !== "permissions") return undefined;
  switch (name) {
    case "administrator":
      return {
        short: ["becomes administrator"],
        long: ["becomes administrator: ", ...extent],
        shortNew: [", administrator"],
        longNew: ["administrator: ", ...extent],
        isEverything: true,
      };
    case "privilege-escalation":
      return alike(["can escalate its privileges"], ["can escalate its privileges by ", ...extent]);
    case "all-data": {
      const [first = "all data"] = extent;
      return nowAble([first], extent);
    }
    case "data-destruction":
      return nowAble(["destroy data"], ["destroy data (", ...destroyingActions(extent), ")"]);
    default:
      return undefined;
  }
}

function nowAble(short: Phrase, long: Phrase): RiskFact {
  return {
    short: ["can now ", ...short],
    long: ["can now ", ...long],
    shortNew: [" can ", ...short],
    longNew: ["can ", ...long],
    isEverything: false,
  };
}

function alike(short: Phrase, long: Phrase): RiskFact {
  return { short, long, shortNew: [" ", ...short], longNew: long, isEverything: false };
}

/** The actions alone: the resources of an extent of this class are examples. */
function destroyingActions(extent: Phrase): Phrase {
  const actions = extent.filter(
    (part) => typeof part !== "string" && /^[a-z0-9-]+:[\w*?]+$/.test(part.quoted),
  );
  const [, more] = /(\d+ more)$/.exec(plainText(extent)) ?? [];
  return listPhrases([
    ...distinctPhrases(actions.map((action) => [action])),
    ...(more === undefined ? [] : [[more]]),
  ]);
}

/** Of a resource that runs as a role; which one is in its sentence. */
function ofRole(name: RiskClass): RiskFact | undefined {
  const text = RUNS_AS[name];
  return text === undefined ? undefined : alike([text], [text]);
}

const RUNS_AS: Readonly<Partial<Record<RiskClass, string>>> = {
  administrator: "now runs as an administrator",
  "privilege-escalation": "now runs as a role that can escalate its privileges",
};

/** The first that a group of changes has. */
export function riskFactIn(changes: readonly AccessChange[]): RiskFact | undefined {
  for (const change of changes) {
    const fact = riskFactOf(change);
    if (fact !== undefined) return fact;
  }
  return undefined;
}
