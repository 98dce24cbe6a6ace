import type { Access } from "../../access/model";
import { describeFact } from "../../iam/prove/describe-witness";
import type { Witness } from "../../iam/prove/witness";
import type { AccessChange, AccessSentence, TokenProof } from "../model/access-change";
import { quoted } from "../model/phrase";
import type { Review } from "../model/review";
import { stableId } from "../model/stable-id";
import type { ReadPlan } from "../read-plan";
import { rightsChangesIn } from "./rights-changes";
import { sentencesOf } from "./sentences";
import { type TrustChange, trustChangesIn } from "./trust-changes";

/** What plans mean for access, over all of them together. */
export function accessChangesOf(
  plans: readonly ReadPlan[],
  access: Access | undefined,
): Pick<Review, "access" | "findings"> {
  return {
    access: plans.flatMap(({ review: { name }, facts }) => [
      ...trustChangesIn(facts).map((change) => trustChange(name, change, access)),
      ...rightsChangesIn(facts).map(
        ({ address, source, attributes }): AccessChange => ({
          id: stableId("unknown", [name, address, source, attributes]),
          ...{
            stack: name,
            aspect: "permissions",
            subject: address,
            addresses: [address],
            source,
            relation: "unknown",
          },
          reason: ["not compared: ", ...attributes.map(quoted)],
          sentences: [],
        }),
      ),
    ]),
    findings: [],
  };
}

function trustChange(stack: string, change: TrustChange, access: Access | undefined): AccessChange {
  const { role, address, source, relation, reason, before, after } = change;
  return {
    id: stableId(relation, [stack, role, address, source, before, after]),
    ...{ stack, aspect: "trust", subject: role, addresses: [address], source, relation },
    ...(reason === undefined ? {} : { reason: [quoted(reason)] }),
    sentences: sentencesOf(change, access).map(
      ({ effect, people, who, role: of, place, witness }): AccessSentence => ({
        ...{ effect, people },
        phrase: [quoted(who), " ", quoted(of), ...(place === "" ? [] : [" ", quoted(place)])],
        proof: tokenProof(witness),
      }),
    ),
  };
}

function tokenProof({ provider, claims, facts }: Witness): TokenProof {
  return { kind: "token", provider, claims, facts: facts.map(describeFact) };
}
