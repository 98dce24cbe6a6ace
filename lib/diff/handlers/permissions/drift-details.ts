import type { Phrase } from "../../../describe/phrase";
import { canonical } from "../../model/change";
import { driftOutcome } from "../../model/drift-outcome";
import { type EffectivePolicies, effectivePoliciesAsData } from "../../permissions/effective-policies";

/** What was added or removed outside of Terraform, by name, and whether the plan undoes it. */
export function driftDetails(
  was: EffectivePolicies | undefined,
  found: EffectivePolicies | undefined,
  planned: EffectivePolicies | undefined,
): readonly Phrase[] {
  const names = (effective: EffectivePolicies | undefined) =>
    new Map((effective?.identity ?? []).map((one) => [`${one.kind} ${one.id}`, one]));
  const [one, two, three] = [names(was), names(found), names(planned)];
  const added = [...two].filter(([key]) => !one.has(key));
  const removed = [...one].filter(([key]) => !two.has(key));
  return [
    ...added.map(
      ([key, { said }]): Phrase => [
        ...said,
        three.has(key)
          ? " was added outside of Terraform, and the plan keeps it"
          : " was added outside of Terraform, and the plan removes it",
      ],
    ),
    ...removed.map(
      ([key, { said }]): Phrase => [
        ...said,
        three.has(key)
          ? " was removed outside of Terraform, and the plan restores it"
          : " was removed outside of Terraform, and the plan does not restore it",
      ],
    ),
    ...(added.length + removed.length > 0 ? [] : [driftOutcome(...asData(was, found, planned))]),
  ];
}

function asData(
  was: EffectivePolicies | undefined,
  found: EffectivePolicies | undefined,
  planned: EffectivePolicies | undefined,
): [unknown, unknown, unknown] {
  return [
    effectivePoliciesAsData(was, canonical),
    effectivePoliciesAsData(found, canonical),
    effectivePoliciesAsData(planned, canonical),
  ];
}
