import type { PolicyDocument } from "../model/access-change";
import type { EffectivePolicies, PolicySource } from "./effective-policies";

/**
 * The policies of one side whose contents are in the plan, so that evidence can be tried with them.
 */
export function documentsOf(policies: EffectivePolicies | undefined): readonly PolicyDocument[] {
  if (policies === undefined) return [];
  const { identity, boundary } = policies;
  return [
    ...identity.flatMap((one) => documentOf("identity", one)),
    ...(boundary === undefined ? [] : documentOf("boundary", boundary)),
  ];
}

function documentOf(
  kind: PolicyDocument["kind"],
  { name, content }: PolicySource,
): readonly PolicyDocument[] {
  return content.kind === "policy" ? [{ kind, name, text: content.text }] : [];
}
