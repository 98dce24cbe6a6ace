import type { Account, LiveRole } from "./account";

/**
 * Maximum age of a cached role, in milliseconds. The proxy clears the cache when a call that can
 * change a role passes through it. The limit covers a change whose client disconnected before moto
 * responded.
 */
const MAX_AGE_MS = 500;

/** Reads roles from moto, and caches them for the calls of a session. */
export class RoleCache {
  readonly #known = new Map<string, { readonly at: number; readonly role: Promise<LiveRole | undefined> }>();

  constructor(private readonly account: Pick<Account, "role">) {}

  get(name: string): Promise<LiveRole | undefined> {
    const found = this.#known.get(name);
    const now = performance.now();
    if (found !== undefined && now - found.at < MAX_AGE_MS) return found.role;
    const role = this.account.role(name);
    this.#known.set(name, { at: now, role });
    // A failed read is repeated.
    role.catch(() => this.#known.delete(name));
    return role;
  }

  clear(): void {
    this.#known.clear();
  }
}
