import type { Access } from "../../config/model/model";
import { type Issuer, issuerOf } from "../../token/issuer";

/** What is known of people and projects, by the ids that policies name. */
export interface Known extends Issuer {
  /** The organization's own. */
  readonly audience: string;
  readonly projects: readonly KnownProject[];
  /** A person's name in access.yaml, or a place-holder that is made from the id. */
  readonly nameOf: (id: string) => string;
}

export interface KnownProject {
  readonly key: string;
  readonly id: string;
  readonly repository?: string;
  readonly audience: string;
}

/** Fewest characters of a UUID that a place-holder has. */
const FEWEST = 8;

/** What access.yaml knows. */
export function knownFrom(access: Access): Known {
  const names = new Map(access.people.map(({ id, name }) => [id, name]));
  const taken = new Set(names.values());
  return {
    ...issuerOf(access.organization),
    audience: access.organization.audience,
    projects: access.projects.flatMap(({ key, id, repository, audience }) =>
      id === undefined ? [] : [{ key, id, audience, ...(repository === undefined ? {} : { repository }) }],
    ),
    nameOf: (id) => {
      const known = names.get(id);
      if (known !== undefined) return known;
      const name = placeholder("person", id, taken);
      names.set(id, name);
      taken.add(name);
      return name;
    },
  };
}

/**
 * A name for what nobody has named yet, made from its id: `person-0b6ad1c5`; of more characters
 * where that is taken.
 * @param taken names that are given already
 */
export function placeholder(kind: "person" | "project", id: string, taken: ReadonlySet<string>): string {
  for (let length = FEWEST; length < id.length; length++) {
    const name = `${kind}-${id.slice(0, length).replace(/-$/, "")}`;
    if (!taken.has(name)) return name;
  }
  return `${kind}-${id}`;
}
