import type { Account, LiveRole } from "./account";

/**
 * How long a role may be remembered, in milliseconds. The door sees every change that passes
 * through it and forgets at once; this is for a change whose sender hung up before moto had
 * answered.
 */
const MOST_MS = 500;

/** Roles as they are now, without asking moto again for each call of a session. */
export class RoleCache {
  readonly #known = new Map<string, { readonly at: number; readonly role: Promise<LiveRole | undefined> }>();

  constructor(private readonly account: Pick<Account, "role">) {}

  get(name: string): Promise<LiveRole | undefined> {
    const found = this.#known.get(name);
    const now = performance.now();
    if (found !== undefined && now - found.at < MOST_MS) return found.role;
    const role = this.account.role(name);
    this.#known.set(name, { at: now, role });
    // What failed is asked again.
    role.catch(() => this.#known.delete(name));
    return role;
  }

  forget(): void {
    this.#known.clear();
  }
}
