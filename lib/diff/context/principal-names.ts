import { type Phrase, quoted } from "../../describe/phrase";
import type { Principal } from "./principals";

/** A role goes by its name alone; of others the kind is said: user `eve`. */
export function sayPrincipal({ kind, name }: Principal): Phrase {
  return kind.name === "role" ? [quoted(name)] : [`${kind.name} `, quoted(name)];
}

/** The same as one text, which tells a user from a role of that name. */
export function subjectOf({ kind, name }: Principal): string {
  return kind.name === "role" ? name : `${kind.name} ${name}`;
}

/** Why no plan knows all of it. */
export function notDeclared({ kind }: Principal): Phrase {
  return kind.name === "role"
    ? ["no plan holds the role itself: what else it may do, and who may assume it, is not known"]
    : [`no plan holds the ${kind.name} itself: what else it may do is not known`];
}
