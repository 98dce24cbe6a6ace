import type { Phrase } from "../../describe/phrase";
import { riskWord } from "../../describe/risk";
import type { AccessChange } from "../../diff/model/access-change";
import type { RiskClass } from "../../iam/risk/classes";

/** What a principal can do that is a risk by itself, such as: becomes administrator. */
interface RiskFact {
  /** Without names and conditions, for the headline. */
  readonly short: Phrase;
  /** With its extent. */
  readonly long: Phrase;
  /** After the name of a new principal: , administrator. */
  readonly apposition: string;
  /** Nothing that is said beside it adds to it. */
  readonly isEverything: boolean;
}

/** Undefined: what is gained is none of these, or not by the permissions of the subject. */
export function riskFactOf({ risk, aspect }: AccessChange): RiskFact | undefined {
  const { class: name, effect, extent } = risk;
  if (effect !== "gained") return undefined;
  if (aspect === "runs-as") return ofRole(name);
  if (aspect !== "permissions") return undefined;
  const apposition = `, ${riskWord(name)}`;
  switch (name) {
    case "administrator":
      return {
        short: ["becomes administrator"],
        long: ["becomes administrator: ", ...extent],
        apposition,
        isEverything: true,
      };
    case "privilege-escalation":
      return {
        short: ["can escalate its privileges"],
        long: ["can escalate its privileges by ", ...extent],
        apposition,
        isEverything: false,
      };
    case "all-data": {
      const [first = "all data"] = extent;
      return {
        short: ["can now ", first],
        long: ["can now ", ...extent],
        apposition: `: ${typeof first === "string" ? first : riskWord(name)}`,
        isEverything: false,
      };
    }
    case "data-destruction":
      return {
        short: ["can now destroy data"],
        long: ["can now destroy data by ", ...extent],
        apposition,
        isEverything: false,
      };
    default:
      return undefined;
  }
}

/** Of a resource that runs as a role; which one is in its sentence. */
function ofRole(name: RiskClass): RiskFact | undefined {
  const text = RUNS_AS[name];
  return text === undefined
    ? undefined
    : { short: [text], long: [text], apposition: `, ${riskWord(name)}`, isEverything: false };
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
