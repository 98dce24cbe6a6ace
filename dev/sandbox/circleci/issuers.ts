import type { JWK } from "jose";
import { makeSigningKey, type SigningKey } from "./signing-key";

/** The organizations that the local CircleCI signs for, each with keys of its own. */
export class Issuers {
  readonly #keys = new Map<string, Promise<readonly SigningKey[]>>();

  /**
   * The key that an organization signs with now. An organization comes to life when it is first
   * asked for.
   */
  async current(organization: string): Promise<SigningKey> {
    const [newest] = await this.#of(organization);
    if (newest === undefined) throw new Error(`organization ${organization} has no key`);
    return newest;
  }

  /**
   * A new key to sign with; the one before stays published, so that its tokens go on being good.
   * Older ones are withdrawn.
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

  /** What it publishes; undefined for an organization that nobody has asked for a key of. */
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
