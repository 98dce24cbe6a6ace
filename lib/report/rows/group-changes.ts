import { remembered } from "../../collections/remembered";
import type { AccessChange, Aspect } from "../../diff/model/access-change";
import { type Lifecycle, placesOf } from "./lifecycle";

/** Changes that a person would name as one. */
export interface ChangeGroup {
  /** The role, user or group that is created, deleted or replaced. Undefined: it stays. */
  readonly lifecycle?: Lifecycle;
  /** Empty: a principal is replaced, and its access stays as it is. */
  readonly changes: readonly AccessChange[];
}

/**
 * Groups the changes of a review: all that a principal gains or loses by being created, deleted or
 * replaced is one, and so is what several resources change alike of one subject. Drift is never in
 * one group with what a plan does. Each change is in exactly one group.
 */
export function groupChanges(
  changes: readonly AccessChange[],
  lifecycles: ReadonlyMap<string, Lifecycle>,
): readonly ChangeGroup[] {
  const bySubject = placesBySubject(changes, lifecycles);
  const groups = new Map<string, { lifecycle?: Lifecycle; changes: AccessChange[] }>();
  for (const [at, change] of changes.entries()) {
    const places = isOfPrincipal(change) ? bySubject.get(subjectKey(change)) : undefined;
    const [place] = places ?? [];
    // One name with two resources: which change belongs to which is not known.
    const lifecycle = place === undefined || places?.size !== 1 ? undefined : lifecycles.get(place);
    const key = lifecycle === undefined ? (alikeKey(change) ?? `change ${at}`) : `principal ${place}`;
    remembered(groups, key, () => ({
      ...(lifecycle === undefined ? {} : { lifecycle }),
      changes: [] as AccessChange[],
    })).changes.push(change);
  }
  for (const [place, lifecycle] of lifecycles) {
    const key = `principal ${place}`;
    if (lifecycle.kind === "replaced" && !groups.has(key)) groups.set(key, { lifecycle, changes: [] });
  }
  return [...groups.values()];
}

function placesBySubject(
  changes: readonly AccessChange[],
  lifecycles: ReadonlyMap<string, Lifecycle>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const change of changes) {
    if (!isOfPrincipal(change)) continue;
    for (const address of change.addresses) {
      for (const place of placesOf(change.stack, address)) {
        const lifecycle = lifecycles.get(place);
        if (lifecycle !== undefined && isAbout(change, lifecycle))
          remembered(found, subjectKey(change), () => new Set<string>()).add(place);
      }
    }
  }
  return found;
}

/** Of two principals of one resource, a change is about that with its name. */
function isAbout({ subject }: AccessChange, { noun, name }: Lifecycle): boolean {
  return name === undefined || subject === name || subject === `${noun} ${name}`;
}

/** Of these the subject is a principal. A function or a queue may have the name of a role. */
const OF_PRINCIPALS: ReadonlySet<Aspect> = new Set([
  "trust",
  "permissions",
  "credentials",
  "session",
  "exclusive",
]);

function isOfPrincipal({ source, aspect }: AccessChange): boolean {
  return source === "plan" && OF_PRINCIPALS.has(aspect);
}

function subjectKey({ stack, subject }: AccessChange): string {
  return JSON.stringify([stack, subject]);
}

/**
 * Changes with the same key are one row: they differ in their resources only. Undefined: a row by
 * itself.
 */
function alikeKey({ stack, subject, aspect, source, relation }: AccessChange): string | undefined {
  return aspect === "exclusive" ? JSON.stringify([stack, subject, source, relation]) : undefined;
}
