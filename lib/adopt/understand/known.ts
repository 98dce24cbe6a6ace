import type { Access } from "../../config/model/model";
import { type Issuer, issuerOf } from "../../token/issuer";
import { onlyOrganization } from "./only-organization";

/** The people and projects that access.yaml names, by the IDs that policies contain. */
export interface Known extends Issuer {
  /** The organization's audience. */
  readonly audience: string;
  readonly projects: readonly KnownProject[];
  /** A person's name in access.yaml, or a placeholder made from the ID. */
  readonly nameOf: (id: string) => string;
}

interface KnownProject {
  readonly key: string;
  readonly id: string;
  readonly repository?: string;
  readonly audience: string;
}

/** Minimum number of characters of the UUID in a placeholder. */
const FEWEST = 8;

export function knownFrom(access: Access): Known {
  const names = new Map(access.people.map(({ id, name }) => [id, name]));
  const taken = new Set(names.values());
  const organization = onlyOrganization(access);
  return {
    ...issuerOf(organization),
    audience: organization.audience,
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
 * A name made from an ID, such as `person-0b6ad1c5`; longer if that name is taken.
 * @param taken names in use
 */
export function placeholder(kind: "person" | "project", id: string, taken: ReadonlySet<string>): string {
  for (let length = FEWEST; length < id.length; length++) {
    const name = `${kind}-${id.slice(0, length).replace(/-$/, "")}`;
    if (!taken.has(name)) return name;
  }
  return `${kind}-${id}`;
}
