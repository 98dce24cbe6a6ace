import type { Access, Grant } from "../../config/model/model";
import { keyPattern } from "../../config/rules/names";
import { onlyOrganization } from "../understand/only-organization";

/** The keys of a project entry that adoption may add. */
interface ProjectDraft {
  readonly id?: string;
  readonly repository?: string;
  readonly audience?: string;
}

interface Entry {
  readonly isNew: boolean;
  readonly before: ProjectDraft;
  draft: ProjectDraft;
  readonly roles: Set<string>;
  readonly buckets: Set<string>;
}

/** The projects of access.yaml, with those that adoption adds. */
export class Projects {
  readonly #entries: Map<string, Entry>;
  readonly #audience: string;

  constructor(access: Access) {
    this.#audience = onlyOrganization(access).audience;
    this.#entries = new Map(
      access.projects.map(({ key, id, repository, audience, roles, buckets }) => {
        const before = {
          ...(id === undefined ? {} : { id }),
          ...(repository === undefined ? {} : { repository }),
          audience,
        };
        return [
          key,
          {
            isNew: false,
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

  byId(id: string): string | undefined {
    return [...this.#entries].find(([, { draft }]) => draft.id === id)?.[0];
  }

  /** @returns the key */
  add(key: string, draft: ProjectDraft): string {
    this.#entries.set(key, { isNew: true, before: {}, draft, roles: new Set(), buckets: new Set() });
    return key;
  }

  /** Why the project's entry cannot express a grant; undefined: it can. */
  differs(key: string, { repository, audience }: Grant): string | undefined {
    const { draft } = this.#entry(key);
    if (draft.repository !== undefined && draft.repository !== repository)
      return `its repository is ${repository}; that of project ${key} is ${draft.repository}`;
    const own = draft.audience ?? (draft.repository === undefined ? audience : this.#audience);
    return own === audience ? undefined : `its audience is ${audience}; that of project ${key} is ${own}`;
  }

  /** Adds what the project's entry needs to express a grant. */
  complete(key: string, { repository, audience }: Grant): void {
    const entry = this.#entry(key);
    entry.draft = {
      ...entry.draft,
      repository,
      ...(audience === this.#audience || entry.before.audience !== undefined ? {} : { audience }),
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
