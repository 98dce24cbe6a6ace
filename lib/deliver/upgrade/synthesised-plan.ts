import { compareText } from "../../collections/sort";
import { isJsonObject, type Json, type JsonObject } from "../../iam/language/json";
import { isEqual } from "../../plan/equal";
import { type Declared, declaredIn } from "./declared";
import { resolved } from "./resolved";

/** What differs between two synthesized stacks, as a review reads it. */
export interface SynthesisedChange {
  /** In the format of `terraform show -json`. */
  readonly plan: string;
  /**
   * Parts of the stack that differ and are no resources, such as `provider`; no review reads them.
   */
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
  const isTrusted = trustedIn(old, now, otherParts);
  const addresses = [...new Set([...old.resources.keys(), ...now.resources.keys()])].sort(compareText);
  const changes = addresses.map((address) => changeOf(address, old, now, isTrusted));
  return { otherParts, plan: JSON.stringify({ format_version: "1.2", resource_changes: changes }) };
}

/**
 * Whether an expression of the second stack has the value of the same expression in the first: all
 * resources that it names, and all that these name, are the same, and so is what is no resource.
 */
function trustedIn(old: Declared, now: Declared, otherParts: readonly string[]): (text: string) => boolean {
  const known = new Map<string, boolean>();
  const isSame = (address: string): boolean => {
    const before = known.get(address);
    if (before !== undefined) return before;
    // Resources that refer to each other in a circle, which Terraform refuses.
    known.set(address, false);
    const [was, is] = [old.resources.get(address)?.body, now.resources.get(address)?.body];
    const same = isEqual(was, is) && namedIn(JSON.stringify(is ?? null)).every(isSame);
    known.set(address, same);
    return same;
  };
  const namedIn = (text: string): readonly string[] =>
    [...text.matchAll(/[a-z][a-z0-9_]*\.[A-Za-z0-9_-]+/g)].flatMap(([address]) =>
      old.resources.has(address) || now.resources.has(address) ? [address] : [],
    );
  return (text) => otherParts.length === 0 && namedIn(text).every(isSame);
}

function changeOf(
  address: string,
  old: Declared,
  now: Declared,
  isTrusted: (expression: string) => boolean,
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
