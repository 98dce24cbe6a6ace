import { type Phrase, quoted } from "./phrase";

/** A role as access.yaml calls it: `website/deploy`. */
export function roleKey(project: { readonly key: string }, role: { readonly key: string }): string {
  return `${project.key}/${role.key}`;
}

/**
 * A principal of IAM. A role is called by its name alone; of others the kind is said: user `eve`.
 */
export function describePrincipal(kind: string, name: string): Phrase {
  return kind === "role" ? [quoted(name)] : [`${kind} `, quoted(name)];
}
