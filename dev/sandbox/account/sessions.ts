import { randomBytes } from "node:crypto";
import type { NamedPolicy } from "./account";

/** A role session created by AssumeRoleWithWebIdentity, or from another session by AssumeRole. */
export interface Session {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** 12 digits. */
  readonly account: string;
  /** `arn:aws:sts::<account>:assumed-role/<role>/<session>`. */
  readonly arn: string;
  /** `AROA…:<session>`, also `aws:userid`. */
  readonly userId: string;
  readonly roleName: string;
  readonly roleArn: string;
  readonly roleId: string;
  /** ARN of the identity provider of the token. Undefined: another session assumed the role. */
  readonly provider?: string;
  /** Milliseconds since 1970. */
  readonly issued: number;
  readonly expires: number;
  /** Session policies. Undefined: the session has none. */
  readonly policies?: readonly NamedPolicy[];
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/**
 * An expired session is kept this long, so that its calls get `ExpiredToken` and not
 * `InvalidClientTokenId`.
 */
const KEPT_AFTER_EXPIRY_MS = 24 * 3_600_000;

/** The sessions of one sandbox. */
export class Sessions {
  readonly #byKey = new Map<string, Session>();

  create(of: Omit<Session, "accessKeyId" | "secretAccessKey" | "sessionToken">): Session {
    for (const [key, { expires }] of this.#byKey)
      if (expires + KEPT_AFTER_EXPIRY_MS < of.issued) this.#byKey.delete(key);
    const session = {
      ...of,
      accessKeyId: `ASIA${[...randomBytes(16)].map((byte) => ALPHABET[byte % ALPHABET.length]).join("")}`,
      secretAccessKey: randomBytes(30).toString("base64"),
      sessionToken: randomBytes(192).toString("base64"),
    };
    this.#byKey.set(session.accessKeyId, session);
    return session;
  }

  find(accessKeyId: string): Session | undefined {
    return this.#byKey.get(accessKeyId);
  }
}
