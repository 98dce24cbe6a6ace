import { createHash } from "node:crypto";
import { Transform, type TransformCallback } from "node:stream";

/** The body does not have the declared digest. */
class DigestMismatch extends Error {}

/**
 * Passes a body on and compares its SHA-256 with the declared one. The last part is held back until
 * the digest is known, so that the receiver never gets a complete body with the wrong digest.
 */
export class DigestCheck extends Transform {
  readonly #hash = createHash("sha256");
  #held: Buffer | undefined;

  /** @param declared in hex */
  constructor(private readonly declared: string) {
    super();
  }

  override _transform(piece: Buffer, _: BufferEncoding, done: TransformCallback): void {
    this.#hash.update(piece);
    const before = this.#held;
    this.#held = piece;
    done(null, before);
  }

  override _flush(done: TransformCallback): void {
    if (this.#hash.digest("hex") === this.declared) done(null, this.#held);
    else done(new DigestMismatch("the body does not have the declared digest"));
  }
}
