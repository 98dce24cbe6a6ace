import { remembered } from "../../../collections/remembered";
import type { ActionCatalogue } from "../../data/action-details";
import type { Policy } from "../../language/policy";
import { renamed, shapeOf } from "./bucket-names";
import type { PermissionsComparison } from "./request-counterexample";

interface Known {
  readonly names: readonly string[];
  readonly found: PermissionsComparison;
}

/** Shapes of a program that runs for long are forgotten from time to time. */
const MOST = 1_000;

const WITHOUT_CATALOGUE = {};
const KNOWN = new WeakMap<object, Map<string, Known>>();

/**
 * A comparison, made once for all policies that differ only in the names of their buckets. An
 * answer that is not known, or has reasons, is not used again: they quote the policies.
 * @param policies all that are compared, in groups that mean the same by their place
 * @param besides all else that the comparison depends on
 * @param catalogue of which its examples are taken
 */
export function onceForEachShape(
  policies: readonly (readonly Policy[])[],
  besides: unknown,
  catalogue: ActionCatalogue | undefined,
  compare: () => PermissionsComparison,
): PermissionsComparison {
  const shape = shapeOf(policies, besides);
  if (shape === undefined) return compare();
  const ofCatalogue = remembered(KNOWN, catalogue ?? WITHOUT_CATALOGUE, (): Map<string, Known> => new Map());
  const known = ofCatalogue.get(shape.key);
  if (known !== undefined) return renamed(known.found, known.names, shape.names);
  const found = compare();
  if (ofCatalogue.size >= MOST) ofCatalogue.clear();
  if (found.reason === undefined) ofCatalogue.set(shape.key, { names: shape.names, found });
  return found;
}
