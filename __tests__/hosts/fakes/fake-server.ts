import type { HostName } from "../../../lib/hosts/host";
import { type Asked, FaultPlan, type Reply, serveFaulty } from "../../http/faulty-server";

/** A comment as a fake host keeps it. */
export interface Kept {
  readonly id: number;
  readonly author: string;
  body: string;
  isHidden: boolean;
  isDeleted: boolean;
  isReply: boolean;
}

export interface Fake {
  readonly name: HostName;
  readonly apiUrl: string;
  readonly state: FakeState;
  readonly close: () => Promise<void>;
}

/** What a fake host has and does; tests set and read it. */
export class FakeState extends FaultPlan {
  readonly comments: Kept[] = [];
  #nextId = 101;
  head = "a".repeat(40);
  /** The most comments on one page. */
  pageSize = 100;
  /** Who holds which token; who only reads. */
  readonly users: Readonly<Record<string, string>> = {
    "token-of-the-bot": "bot",
    "token-of-mallory": "mallory",
    "token-that-only-reads": "reader",
  };

  add(author: string, body: string): Kept {
    const kept = { id: this.#nextId++, author, body, isHidden: false, isDeleted: false, isReply: false };
    this.comments.push(kept);
    return kept;
  }

  get live(): readonly Kept[] {
    return this.comments.filter(({ isDeleted }) => !isDeleted);
  }

  visible(author = "bot"): readonly Kept[] {
    return this.live.filter((one) => !one.isHidden && one.author === author);
  }
}

/** Serves a fake host on the loopback interface. */
export async function serve(
  name: Fake["name"],
  prefix: string,
  state: FakeState,
  answer: (asked: Asked, user: string | undefined, origin: string) => Reply,
  userOf: (authorization: string) => string | undefined,
): Promise<Fake> {
  const { origin, close } = await serveFaulty(state, (asked, own) =>
    answer(asked, userOf(asked.authorization), own),
  );
  return { name, apiUrl: origin + prefix, state, close };
}

/** A field of a JSON body, as text. */
export function textOf(body: unknown, ...path: readonly string[]): string {
  const value = path.reduce<unknown>(
    (at, key) =>
      typeof at === "object" && at !== null
        ? Object.entries(at).find(([name]) => name === key)?.[1]
        : undefined,
    body,
  );
  return typeof value === "string" ? value : "";
}
