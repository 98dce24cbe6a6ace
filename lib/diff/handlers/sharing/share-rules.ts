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

export type GrantRule = PrincipalRule | SettingRule;

/** A principal, an account or the public in an attribute: a text, or a list of them. */
export interface PrincipalRule {
  readonly kind: "principal";
  /** The block that holds both of the following; empty: the resource itself. */
  readonly within: string;
  readonly whom: string;
  /** A list of permissions; each is a grant of its own. */
  readonly each?: string;
  readonly say: (who: Phrase, object: Phrase, each: string) => GrantSentences;
}

/** A setting that lets somebody in while it has one of some values. */
export interface SettingRule {
  readonly kind: "setting";
  readonly at: string;
  readonly open: readonly string[];
  /** Without the resource it is as if it were open: what goes is a guard. */
  readonly isRestriction?: boolean;
  readonly say: (object: Phrase) => GrantSentences;
}

export interface GrantSentences {
  readonly gained: Phrase;
  readonly lost: Phrase;
}

/** Somebody can do something with the object, such as "restore". */
export function whom(attribute: string, can: string, within = ""): PrincipalRule {
  return {
    kind: "principal",
    within,
    whom: attribute,
    say: (who, object) => ({
      gained: [...who, ` can now ${can} `, ...object],
      lost: [...who, ` can no longer ${can} `, ...object],
    }),
  };
}

/** The same for each of a list of permissions, which are told as they are written. */
export function each(attribute: string, permissions: string, within = ""): PrincipalRule {
  return {
    kind: "principal",
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
  isRestriction = false,
): SettingRule {
  const [before, after] = what;
  return {
    kind: "setting",
    at,
    open: values,
    isRestriction,
    say: (object) => ({
      gained: [`${before} now ${after} `, ...object],
      lost: [`${before} no longer ${after} `, ...object],
    }),
  };
}
