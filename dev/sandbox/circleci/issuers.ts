import type { JWK } from "jose";
import { makeSigningKey, type SigningKey } from "./signing-key";

/** The organizations of the local CircleCI, each with its own signing keys. */
export class Issuers {
  readonly #keys = new Map<string, Promise<readonly SigningKey[]>>();

  /**
   * The current signing key of an organization. The first request for a key creates the
   * organization.
   */
  async current(organization: string): Promise<SigningKey> {
    const [newest] = await this.#of(organization);
    if (newest === undefined) throw new Error(`organization ${organization} has no key`);
    return newest;
  }

  /**
   * Rotates the signing key. The previous key stays published, so its tokens stay valid; older keys
   * are withdrawn.
   */
  async rotate(organization: string): Promise<SigningKey> {
    const before = this.#of(organization);
    const made = makeSigningKey();
    const after = Promise.all([made, before]).then(([key, [newest]]) =>
      newest === undefined ? [key] : [key, newest],
    );
    this.#keys.set(organization, after);
    await after;
    return made;
  }

  /** The published keys of an organization. Undefined: the organization does not exist. */
  async published(organization: string): Promise<readonly JWK[] | undefined> {
    const keys = await this.#keys.get(organization);
    return keys?.map(({ publicJwk }) => publicJwk);
  }

  #of(organization: string): Promise<readonly SigningKey[]> {
    const known = this.#keys.get(organization);
    if (known !== undefined) return known;
    const made = makeSigningKey().then((key) => [key]);
    this.#keys.set(organization, made);
    return made;
  }
}
