import { type Phrase, plainText } from "../../describe/phrase";
import { describePrincipal } from "../../describe/role";
import type { Principal } from "./principals";

/** A role by its name; of others the kind too: user `eve`. */
export function principalPhrase({ kind, name }: Principal): Phrase {
  return describePrincipal(kind.name, name);
}

/** The same as one text, which distinguishes a user from a role of that name. */
export function subjectOf({ kind, name }: Principal): string {
  return plainText(describePrincipal(kind.name, name));
}

/** Why no plan knows all of it. */
export function notDeclared({ kind }: Principal): Phrase {
  return kind.name === "role"
    ? ["the role is not declared in these plans: its other permissions and its trust policy are not known"]
    : [`the ${kind.name} is not declared in these plans: its other permissions are not known`];
}
