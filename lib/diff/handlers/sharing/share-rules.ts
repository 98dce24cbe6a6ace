import { type Phrase, quoted } from "../../../describe/phrase";

/**
 * How a resource shares something: with whom, and what they can do with it then. Paths go through
 * lists and blocks alike.
 */
export interface ShareRule {
  /** What is shared: attributes that tell it; the last one that is there is its name. */
  readonly object: readonly string[];
  readonly grants: readonly GrantRule[];
  /** Attributes that qualify the grant; where one changes, what that means is unknown. */
  readonly alters?: readonly string[];
}

export type GrantRule = WhomRule | SwitchRule;

/** A principal, an account or the public in an attribute: a text, or a list of them. */
export interface WhomRule {
  readonly kind: "whom";
  /** The block that holds both of the following; empty: the resource itself. */
  readonly within: string;
  readonly whom: string;
  /** A list of permissions; each is a grant of its own. */
  readonly each?: string;
  readonly say: (who: Phrase, object: Phrase, each: string) => Told;
}

/** A setting that lets somebody in while it has one of some values. */
export interface SwitchRule {
  readonly kind: "switch";
  readonly at: string;
  readonly open: readonly string[];
  /** Without the resource it is as if it were open: what goes is a guard. */
  readonly isGuard?: boolean;
  readonly say: (object: Phrase) => Told;
}

export interface Told {
  readonly gained: Phrase;
  readonly lost: Phrase;
}

/** Somebody can do something with the object, such as "restore". */
export function whom(attribute: string, can: string, within = ""): WhomRule {
  return {
    kind: "whom",
    within,
    whom: attribute,
    say: (who, object) => ({
      gained: [...who, ` can now ${can} `, ...object],
      lost: [...who, ` can no longer ${can} `, ...object],
    }),
  };
}

/** The same for each of a list of permissions, which are told as they are written. */
export function each(attribute: string, permissions: string, within = ""): WhomRule {
  return {
    kind: "whom",
    within,
    whom: attribute,
    each: permissions,
    say: (who, object, permission) => ({
      gained: [...who, " now has ", quoted(permission), " on ", ...object],
      lost: [...who, " no longer has ", quoted(permission), " on ", ...object],
    }),
  };
}

/** A setting. @param what the sentence before "now" or "no longer", and after it */
export function open(
  at: string,
  values: readonly string[],
  what: readonly [string, string],
  isGuard = false,
): SwitchRule {
  const [before, after] = what;
  return {
    kind: "switch",
    at,
    open: values,
    isGuard,
    say: (object) => ({
      gained: [`${before} now ${after} `, ...object],
      lost: [`${before} no longer ${after} `, ...object],
    }),
  };
}
