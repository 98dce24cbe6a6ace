import { compareText } from "../../collections/sort";
import { isJsonObject, type Json, type JsonObject } from "../../iam/language/json";
import { isEqual } from "../../plan/equal";
import { type Declared, declaredIn } from "./declared";
import { resolved } from "./resolved";

/** What differs between two synthesized stacks, as a review reads it. */
export interface SynthesisedChange {
  /** In the format of `terraform show -json`. */
  readonly plan: string;
  /** Parts of the stack that differ and are no resources, such as `provider`; no review reads them. */
  readonly otherParts: readonly string[];
}

/**
 * Two versions of a synthesized stack as a plan: what a deploy of the second would change in an
 * account that is as the first declares. Attributes that AWS decides are absent on both sides.
 * @param before content of its `cdk.tf.json`; undefined: the stack is new
 * @param after undefined: the stack is no longer declared
 */
export function synthesisedChange(before: Json | undefined, after: Json | undefined): SynthesisedChange {
  const [old, now] = [declaredIn(before), declaredIn(after)];
  const otherParts = [...new Set([...old.parts.keys(), ...now.parts.keys()])]
    .filter((part) => !isEqual(old.parts.get(part), now.parts.get(part)))
    .sort(compareText);
  // The value of an expression can follow from any part.
  const isTrusted = (address: string): boolean =>
    otherParts.length === 0 && isEqual(old.resources.get(address)?.body, now.resources.get(address)?.body);
  const addresses = [...new Set([...old.resources.keys(), ...now.resources.keys()])].sort(compareText);
  const changes = addresses.map((address) => changeOf(address, old, now, isTrusted));
  return { otherParts, plan: JSON.stringify({ format_version: "1.2", resource_changes: changes }) };
}

function changeOf(
  address: string,
  old: Declared,
  now: Declared,
  isTrusted: (address: string) => boolean,
): JsonObject {
  const [was, is] = [old.resources.get(address), now.resources.get(address)];
  const one = was ?? is;
  if (one === undefined) throw new Error(`${address} is in neither stack`);
  const before = was === undefined ? null : resolved(was.body, old, () => true).known;
  const after = is === undefined ? { known: null, unknown: {} } : resolved(is.body, now, isTrusted);
  const isSame = before !== null && isEqual(before, after.known) && isEqual(after.unknown, {});
  const actions =
    before === null ? ["create"] : after.known === null ? ["delete"] : isSame ? ["no-op"] : ["update"];
  return {
    address,
    mode: "managed",
    type: one.type,
    name: one.name,
    provider_name: one.provider,
    change: {
      actions,
      before,
      after: after.known,
      after_unknown: isJsonObject(after.unknown) ? after.unknown : {},
    },
  };
}
