import type { Access, Grant, Organization } from "../../config/model/model";
import { keyPattern } from "../../config/rules/names";
import { defaultFirst } from "../understand/known";

/** The keys of a project entry that adoption may add. */
interface ProjectDraft {
  readonly id?: string;
  readonly repository?: string;
  readonly audience?: string;
  /** A name from `organizations`. */
  readonly organization?: string;
}

interface Entry {
  readonly organization: Organization;
  readonly isNew: boolean;
  readonly before: ProjectDraft;
  draft: ProjectDraft;
  readonly roles: Set<string>;
  readonly buckets: Set<string>;
}

/** The projects of access.yaml, with those that adoption adds. */
export class Projects {
  readonly #entries: Map<string, Entry>;
  readonly #organizations: readonly Organization[];

  constructor(access: Access) {
    this.#organizations = defaultFirst(access);
    this.#entries = new Map(
      access.projects.map(({ key, id, repository, organization, audience, roles, buckets }) => {
        const before = {
          ...(id === undefined ? {} : { id }),
          ...(repository === undefined ? {} : { repository }),
          audience,
        };
        return [
          key,
          {
            isNew: false,
            organization,
            before,
            draft: before,
            roles: new Set(roles.map((role) => role.key)),
            buckets: new Set(buckets.map((bucket) => bucket.key)),
          },
        ];
      }),
    );
  }

  get keys(): ReadonlySet<string> {
    return new Set(this.#entries.keys());
  }

  /** The key, if there is exactly one project. */
  get only(): string | undefined {
    const [only, ...others] = this.#entries.keys();
    return others.length === 0 ? only : undefined;
  }

  /** The key, if an organization has exactly one project. @param id as `add` */
  onlyOf(id: string | undefined): string | undefined {
    const [only, ...others] = [...this.#entries.keys()].filter((key) => this.isOf(key, id));
    return others.length === 0 ? only : undefined;
  }

  /** Whether a project belongs to an organization. @param id as `add` */
  isOf(key: string, id: string | undefined): boolean {
    return this.#entries.get(key)?.organization.id === this.#organization(id).id;
  }

  byId(id: string): string | undefined {
    return [...this.#entries].find(([, { draft }]) => draft.id === id)?.[0];
  }

  /** What distinguishes a key of an organization that is not the default one: `-<name>`. */
  suffix(id: string | undefined): string {
    const { isDefault, key } = this.#organization(id);
    return isDefault || key === undefined ? "" : `-${key}`;
  }

  /**
   * @param id UUID of the organization; undefined: the default one, else the first
   * @returns the key
   */
  add(key: string, draft: ProjectDraft, id: string | undefined): string {
    const organization = this.#organization(id);
    const named =
      organization.isDefault || organization.key === undefined ? {} : { organization: organization.key };
    const entry = { isNew: true, organization, before: {}, draft: { ...draft, ...named } };
    this.#entries.set(key, { ...entry, roles: new Set(), buckets: new Set() });
    return key;
  }

  /** Why the project's entry cannot express a grant; undefined: it can. */
  differs(key: string, { repository, audience }: Grant): string | undefined {
    const { draft, organization } = this.#entry(key);
    if (draft.repository !== undefined && draft.repository !== repository)
      return `its repository is ${repository}; that of project ${key} is ${draft.repository}`;
    const own = draft.audience ?? (draft.repository === undefined ? audience : organization.audience);
    return own === audience ? undefined : `its audience is ${audience}; that of project ${key} is ${own}`;
  }

  /** Adds what the project's entry needs to express a grant. */
  complete(key: string, { repository, audience }: Grant): void {
    const entry = this.#entry(key);
    entry.draft = {
      ...entry.draft,
      repository,
      ...(audience === entry.organization.audience || entry.before.audience !== undefined
        ? {}
        : { audience }),
    };
  }

  /** @returns the role's key */
  addRole(project: string, name: string): string {
    const { roles } = this.#entry(project);
    const key = keyFor(name, project, roles);
    roles.add(key);
    return key;
  }

  /** @returns the bucket's key */
  addBucket(project: string, name: string): string {
    const { buckets } = this.#entry(project);
    const key = keyFor(name.replaceAll(".", "-"), project, buckets);
    buckets.add(key);
    return key;
  }

  hasBuckets(project: string): boolean {
    return this.#entry(project).buckets.size > 0;
  }

  /** The keys to add to the project's entry; all keys of a new one. */
  additions(project: string): ProjectDraft {
    const { before, draft } = this.#entry(project);
    return Object.fromEntries(Object.entries(draft).filter(([key]) => !Object.hasOwn(before, key)));
  }

  #organization(id: string | undefined): Organization {
    const found = this.#organizations.find((one) => id === undefined || one.id === id);
    if (found === undefined) throw new Error(`no organization ${id}`);
    return found;
  }

  #entry(key: string): Entry {
    const entry = this.#entries.get(key);
    if (entry === undefined) throw new Error(`no project ${key}`);
    return entry;
  }
}

/**
 * A key made from a role's name: without the project's prefix, with the characters that a key
 * allows.
 */
function keyFor(name: string, project: string, taken: ReadonlySet<string>): string {
  const own = name.startsWith(`${project}-`) ? name.slice(project.length + 1) : name;
  const plain = own
    .replace(/[^A-Za-z0-9_-]/g, "-")
    .replace(/^(?![A-Za-z])/, "role-")
    .slice(0, 60);
  if (!new RegExp(keyPattern).test(plain)) throw new Error(`no key can be made of ${name}`);
  let key = plain;
  for (let count = 2; taken.has(key); count++) key = `${plain}-${count}`;
  return key;
}
