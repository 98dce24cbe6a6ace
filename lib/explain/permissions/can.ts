import { describeStatement, widestFirst } from "../../describe/permission";
import { plainText } from "../../describe/phrase";
import { describePermissionRisk } from "../../describe/risk";
import type { ActionCatalogue } from "../../iam/data/action-details";
import type { RiskClass } from "../../iam/risk/classes";
import { allRisksOf } from "../../iam/risk/permission-risks";
import { type Holder, unknownPolicies } from "./holder";

/** What a role or user may do, the most serious first. */
export interface CanAnswer {
  readonly name: string;
  readonly who: string;
  readonly people: readonly string[];
  readonly risks: readonly { readonly class: RiskClass; readonly extent: string }[];
  /** What its statements allow, the widest first, before any Deny and boundary. */
  readonly allows: readonly string[];
  /** Whether a Deny or a boundary takes away from that. */
  readonly isLimited: boolean;
  /** Policies whose contents are not known: what they allow is missing here. */
  readonly unknown: readonly string[];
}

/** @param actions says what wildcards are */
export function whatItCan(holder: Holder, actions?: ActionCatalogue): CanAnswer {
  const { name, who, people, permissions } = holder;
  const { identity, boundary } = permissions;
  const statements = identity.flatMap((one) => (one.kind === "policy" ? one.policy.statements : []));
  const allows = widestFirst(statements.filter(({ effect }) => effect === "Allow"));
  return {
    name,
    who: plainText(who),
    people,
    risks: allRisksOf(permissions, actions).map((risk) => ({
      class: risk.class,
      extent: plainText(describePermissionRisk(risk)),
    })),
    allows: allows.map((statement) => plainText(describeStatement(statement, actions))),
    isLimited: boundary !== undefined || allows.length < statements.length,
    unknown: unknownPolicies(holder),
  };
}
