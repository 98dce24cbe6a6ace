import { createHash } from "node:crypto";
import { Transform, type TransformCallback } from "node:stream";

/** What was sent is not what the client declared. */
export class DigestMismatch extends Error {}

/**
 * Passes a body on and compares its SHA-256 with the one that was declared. The last piece is held
 * back until all of it has been seen, so that whoever receives a wrong body never receives all of
 * it.
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
    else done(new DigestMismatch("the body is not the one that was declared"));
  }
}
