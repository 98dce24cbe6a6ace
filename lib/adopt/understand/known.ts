import type { Access, Organization } from "../../config/model/model";
import { audiencesIn, serversOf } from "../../config/model/organizations";
import { type Issuer, issuerOf } from "../../token/issuer";

/**
 * An organization of access.yaml with its projects, and the people of the file, by the IDs that
 * policies contain.
 */
export interface Known extends Issuer {
  /** The organization's audience. */
  readonly audience: string;
  readonly projects: readonly KnownProject[];
  /** Of the whole file, for the audit: with several organizations, each is intended. */
  readonly file: {
    readonly issuers: readonly Issuer[];
    readonly servers: readonly string[];
    readonly audiences: readonly string[];
    readonly projects: readonly string[];
  };
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

/** What access.yaml says of each organization, the default one first. At least one. */
export function knownFrom(access: Access): readonly Known[] {
  const names = new Map(access.people.map(({ id, name }) => [id, name]));
  const taken = new Set(names.values());
  const nameOf = (id: string): string => {
    const known = names.get(id);
    if (known !== undefined) return known;
    const name = placeholder("person", id, taken);
    names.set(id, name);
    taken.add(name);
    return name;
  };
  const file = {
    issuers: access.organizations.map(issuerOf),
    servers: serversOf(access),
    audiences: audiencesIn(access),
    projects: access.projects.flatMap(({ id }) => id ?? []),
  };
  return defaultFirst(access).map((organization) => ({
    ...issuerOf(organization),
    audience: organization.audience,
    projects: access.projects
      .filter((project) => project.organization.id === organization.id)
      .flatMap(({ key, id, repository, audience }) =>
        id === undefined ? [] : [{ key, id, audience, ...(repository === undefined ? {} : { repository }) }],
      ),
    file,
    nameOf,
  }));
}

/** The organizations of a file, the default one first; otherwise by name. */
export function defaultFirst({ organizations }: Pick<Access, "organizations">): readonly Organization[] {
  return [...organizations].sort((one, other) => Number(other.isDefault) - Number(one.isDefault));
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
