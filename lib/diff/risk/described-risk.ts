import type { Phrase } from "../../describe/phrase";
import type { RiskClass } from "../../iam/risk/classes";
import type { AccessSentence } from "../model/access-change";

/** What a handler knows of the risk of a change; the rest follows from its aspect and sentences. */
export interface DescribedRisk {
  readonly class?: RiskClass;
  readonly extent?: Phrase;
  readonly who?: Phrase;
  readonly people?: readonly string[];
}

/** Of gains and of losses. */
export type RisksByEffect = Readonly<Partial<Record<AccessSentence["effect"], DescribedRisk>>>;
