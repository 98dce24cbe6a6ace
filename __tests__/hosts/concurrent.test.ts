import fc from "fast-check";
import { printMarker } from "../../lib/hosts/marker";
import { type Posted, type PostOptions, postComment } from "../../lib/hosts/post-comment";
import type { Asked } from "../http/faulty-server";
import { useVirtualTime } from "../http/virtual-time";
import { cases } from "../iam/automata/cases";
import { HEAD, HOSTS, type HostCase, hostOf, OLD } from "./fakes/all-hosts";
import type { Fake } from "./fakes/fake-server";

/** Longer than the client's own second between two writes at GitHub and a call's latency here. */
const SETTLE_MS = 2_000;
const MOST_LATENCY_MS = 40;
const time = useVirtualTime();
const ROUNDS = cases(2, 100).numRuns;
interface Process {
  /** Pipeline number. */
  readonly run: number;
  readonly startsAfterMs: number;
}

const PROCESS: fc.Arbitrary<Process> = fc.record({
  run: fc.integer({ min: 1, max: 9 }),
  startsAfterMs: fc.integer({ min: 0, max: 150 }),
});

function options(run: number, some: Partial<PostOptions> = {}): PostOptions {
  const commit = some.commit ?? HEAD;
  return {
    key: "website",
    commit,
    run: [run, run * 10],
    body: `run ${run}`,
    hasChanges: true,
    onNoChanges: "update",
    old: "update",
    ...some,
  };
}

async function postAfter(
  fake: Fake,
  kind: HostCase,
  { run, startsAfterMs }: Process,
  some: Partial<PostOptions>,
): Promise<Posted> {
  const host = await hostOf(fake, kind);
  await later(startsAfterMs);
  return postComment(host, options(run, some), SETTLE_MS);
}

/** One round: processes at once against one server, with random delays. @returns what is left */
async function round(
  kind: HostCase,
  processes: readonly Process[],
  before: number | undefined,
  some: Partial<PostOptions>,
): Promise<{
  readonly left: readonly string[];
  readonly posted: readonly Posted[];
}> {
  const fake = await kind.start();
  try {
    fake.state.latency = latency;
    const style = kind.name.startsWith("bitbucket") ? "link-definition" : "html-comment";
    if (before !== undefined)
      fake.state.add(
        "bot",
        `${printMarker({ key: "website", commit: OLD, run: [before, 0] }, style)}\n\nold`,
      );
    const posted = await Promise.all(processes.map((one) => postAfter(fake, kind, one, some)));
    const left = fake.state.visible().map(({ body }) => body.split("\n").at(-1) ?? "");
    return { left, posted };
  } finally {
    await fake.close();
  }
}

function latency(): Promise<void> {
  return time.inServer(Math.random() * MOST_LATENCY_MS);
}

function later(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function until(isSo: () => boolean): Promise<void> {
  const end = Date.now() + 30_000;
  while (!isSo() && Date.now() < end) await later(5);
}

describe.each(HOSTS)("several runs at once at $name", (kind) => {
  /** Rounds run beside each other, each with a server of its own. */
  const rounds = async (
    count: number,
    processes: fc.Arbitrary<readonly Process[]>,
    some: Partial<PostOptions> = {},
  ): Promise<void> => {
    const samples = fc.sample(
      fc.tuple(processes, fc.option(fc.integer({ min: 0, max: 12 }), { nil: undefined })),
      count,
    );
    await Promise.all(
      samples.map(async ([each, before]) => {
        const { left, posted } = await round(kind, each, before, some);
        const newest = Math.max(...each.map(({ run }) => run));
        expect({ each, before, left, posted }).toMatchObject({ left: [`run ${newest}`] });
      }),
    );
  };

  test("two leave one comment, and it holds the newest text", () =>
    rounds(ROUNDS, fc.array(PROCESS, { minLength: 2, maxLength: 2 })));

  test("three leave one comment", () => rounds(ROUNDS, fc.array(PROCESS, { minLength: 3, maxLength: 3 })));

  test("three that start at the same time leave one comment", async () => {
    const { left, posted } = await round(
      kind,
      [3, 1, 2].map((run) => ({ run, startsAfterMs: 0 })),
      undefined,
      {},
    );
    expect(left).toEqual(["run 3"]);
    expect(posted.map(({ did }) => did)).toEqual(["created", "superseded", "superseded"]);
  });

  test("of an older commit and the newest one, the newest one's comment stays, with any numbers", async () => {
    const fake = await kind.start();
    try {
      fake.state.latency = latency;
      await Promise.all([
        postAfter(fake, kind, { run: 9, startsAfterMs: 0 }, { commit: OLD }),
        postAfter(fake, kind, { run: 1, startsAfterMs: 5 }, { commit: HEAD }),
      ]);
      expect(fake.state.visible().map(({ body }) => body.split("\n").at(-1))).toEqual(["run 1"]);
    } finally {
      await fake.close();
    }
  });

  test("an older run that writes after the newest one is overwritten", async () => {
    const fake = await kind.start();
    try {
      await postComment(await hostOf(fake, kind), options(1), 1);
      const isOlderUpdate = ({ method, body }: Asked): boolean =>
        method === kind.update && JSON.stringify(body).includes("run 2");
      const isNewestThere = (): boolean => fake.state.live.some(({ body }) => body.endsWith("run 3"));
      fake.state.latency = (asked) =>
        isOlderUpdate(asked) ? time.inServer(until(isNewestThere).then(() => later(400))) : 0;
      const older = postAfter(fake, kind, { run: 2, startsAfterMs: 0 }, {});
      await until(() => fake.state.asked.some(isOlderUpdate));
      // On its way, and not in effect: what the newest run does now is written over.
      const newest = await postComment(await hostOf(fake, kind), options(3), SETTLE_MS);
      expect(newest).toMatchObject({ did: "updated" });
      await older;
      const updates = fake.state.asked
        .filter(({ method }) => method === kind.update)
        .map(({ body }) => /run \d/.exec(JSON.stringify(body))?.[0]);
      // Bitbucket Data Center refuses a write that does not name the newest version.
      const again = kind.name === "bitbucket-data-center" ? [] : ["run 3"];
      expect(updates).toEqual(["run 2", "run 3", ...again]);
      expect(fake.state.visible().map(({ body }) => body.split("\n").at(-1))).toEqual(["run 3"]);
    } finally {
      await fake.close();
    }
  });

  test("the next run repairs what a killed run left", async () => {
    const fake = await kind.start();
    try {
      const first = await hostOf(fake, kind);
      const dying = {
        ...first,
        look: (isOurs: (body: string) => boolean) =>
          fake.state.live.length > 0 ? Promise.reject(new Error("killed")) : first.look(isOurs),
      };
      await expect(postComment(dying, options(1), 1)).rejects.toThrow("killed");
      fake.state.add("bot", fake.state.live[0]?.body ?? "");
      expect(fake.state.live).toHaveLength(2);
      expect(await postComment(await hostOf(fake, kind), options(2), 1)).toMatchObject({ did: "updated" });
      expect(fake.state.live.map(({ body }) => body.split("\n").at(-1))).toEqual(["run 2"]);
    } finally {
      await fake.close();
    }
  });
});
