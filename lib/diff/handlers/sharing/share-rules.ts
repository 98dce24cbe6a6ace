import { type Phrase, quoted } from "../../../describe/phrase";

/**
 * How a resource shares an object: with which principals, and what they can then do. Paths go
 * through lists and blocks alike.
 */
export interface ShareRule {
  /** Attributes that identify the shared object; the last one that is set is its name. */
  readonly object: readonly string[];
  readonly grants: readonly GrantRule[];
  /** Attributes that qualify the grant; where one changes, what that means is unknown. */
  readonly alters?: readonly string[];
}

type GrantRule = PrincipalRule | SettingRule;

/** A principal, an account or the public in an attribute: a text, or a list of them. */
export interface PrincipalRule {
  readonly kind: "principal";
  /** The block that holds both of the following; empty: the resource itself. */
  readonly within: string;
  readonly principals: string;
  /** A list of permissions; each one is a separate grant. */
  readonly each?: string;
  readonly sentences: (who: Phrase, object: Phrase, each: string) => GrantSentences;
}

/** A setting that gives access while it has one of some values. */
interface SettingRule {
  readonly kind: "setting";
  readonly at: string;
  readonly open: readonly string[];
  /** Without the resource it is as if it were open: what goes is a guard. */
  readonly isRestriction?: boolean;
  readonly sentences: (object: Phrase) => GrantSentences;
}

export interface GrantSentences {
  readonly gained: Phrase;
  readonly lost: Phrase;
}

/** The principals that an attribute names can do something with the object, such as "restore". */
export function principalsIn(attribute: string, can: string, within = ""): PrincipalRule {
  return {
    kind: "principal",
    within,
    principals: attribute,
    sentences: (who, object) => ({
      gained: [...who, ` can now ${can} `, ...object],
      lost: [...who, ` can no longer ${can} `, ...object],
    }),
  };
}

/** The same for each of a list of permissions, which are reported as they are written. */
export function each(attribute: string, permissions: string, within = ""): PrincipalRule {
  return {
    kind: "principal",
    within,
    principals: attribute,
    each: permissions,
    sentences: (who, object, permission) => ({
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
    sentences: (object) => ({
      gained: [`${before} now ${after} `, ...object],
      lost: [`${before} no longer ${after} `, ...object],
    }),
  };
}
