import type { CommentHost } from "../../lib/hosts/host";
import { printMarker, readMarker } from "../../lib/hosts/marker";
import { type Posted, type PostOptions, postComment } from "../../lib/hosts/post-comment";
import { useVirtualTime } from "../http/virtual-time";
import { HEAD, HOSTS, hostOf, OLD } from "./fakes/all-hosts";
import type { Fake } from "./fakes/fake-server";

useVirtualTime();
const SETTLE_MS = 1;
function options(some: Partial<PostOptions> = {}): PostOptions {
  return {
    key: "website",
    commit: HEAD,
    run: [5, 50],
    body: "**Nobody gains access.**",
    hasChanges: true,
    onNoChanges: "update",
    old: "update",
    ...some,
  };
}

describe.each(HOSTS)("one comment at $name", (kind) => {
  let fake: Fake;
  let host: CommentHost;
  const post = (some: Partial<PostOptions> = {}): Promise<Posted> =>
    postComment(host, options(some), SETTLE_MS);
  const marker = (some: Partial<PostOptions> = {}): string => {
    const { key, commit, run } = options(some);
    return printMarker({ key, commit, run: typeof run === "number" ? [run] : run }, host.invisibleLine);
  };
  const bodies = (author = "bot"): readonly string[] => fake.state.visible(author).map(({ body }) => body);

  beforeEach(async () => {
    fake = await kind.start();
    host = await hostOf(fake, kind);
  });
  afterEach(() => fake.close());

  test("is created with its marker as the first line, and its address is returned", async () => {
    const posted = await post();
    expect(bodies()).toEqual([`${marker()}\n\n**Nobody gains access.**`]);
    expect(posted).toEqual({ did: "created", url: expect.stringContaining(String(fake.state.live[0]?.id)) });
  });

  test("is updated in place by the next run, and by the same run once more", async () => {
    await post({ run: [5, 50], body: "first" });
    const [{ id } = { id: 0 }] = fake.state.live;
    expect(await post({ run: [6, 60], body: "second" })).toMatchObject({ did: "updated" });
    expect(await post({ run: [6, 60], body: "second, again" })).toMatchObject({ did: "updated" });
    expect(fake.state.live.map((one) => [one.id, one.body])).toEqual([
      [id, `${marker({ run: [6, 60] })}\n\nsecond, again`],
    ]);
  });

  test("is not changed by a run of an older commit, even if it is re-run later", async () => {
    await post({ run: [6, 60], body: "newest" });
    expect(await post({ run: [5, 61], commit: OLD, body: "old" })).toMatchObject({ did: "superseded" });
    expect(await post({ run: [0, 99], commit: OLD, body: "old" })).toMatchObject({ did: "superseded" });
    expect(bodies()).toEqual([`${marker({ run: [6, 60] })}\n\nnewest`]);
  });

  test("belongs to the head commit, even after a force push back to an older one", async () => {
    await post({ run: [6, 60], body: "of the branch before" });
    fake.state.head = OLD;
    expect(await post({ run: [2, 70], commit: OLD, body: "of the branch now" })).toMatchObject({
      did: "updated",
    });
    expect(await post({ run: [7, 71], commit: HEAD, body: "of the branch before" })).toMatchObject({
      did: "superseded",
    });
    expect(bodies()).toEqual([`${marker({ run: [2, 70], commit: OLD })}\n\nof the branch now`]);
  });

  test("is separate for each project", async () => {
    await post({ key: "website", body: "of the website" });
    await post({ key: "website-2", body: "of the other" });
    await post({ key: "website", run: [6, 60], body: "of the website, again" });
    expect(bodies()).toEqual([
      `${marker({ key: "website", run: [6, 60] })}\n\nof the website, again`,
      `${marker({ key: "website-2" })}\n\nof the other`,
    ]);
  });

  test("is found on a later page", async () => {
    fake.state.pageSize = 3;
    for (let count = 0; count < 7; count++) fake.state.add("alice", `talk ${count}`);
    await post({ body: "first" });
    for (let count = 0; count < 7; count++) fake.state.add("alice", `more talk ${count}`);
    expect(await post({ run: [6, 60], body: "second" })).toMatchObject({ did: "updated" });
    expect(bodies()).toEqual([`${marker({ run: [6, 60] })}\n\nsecond`]);
    expect(fake.state.live).toHaveLength(15);
  });

  test("is never a comment of another user, whatever its text", async () => {
    const forged = `${marker({ run: [999, 999] })}\n\nNothing to see here.`;
    fake.state.add("mallory", forged);
    expect(await post({ body: "ours" })).toMatchObject({ did: "created" });
    expect(bodies()).toEqual([`${marker()}\n\nours`]);
    expect(bodies("mallory")).toEqual([forged]);
  });

  test.each([
    ["quoted in a reply", (line: string) => `> ${line}\n\nI disagree.`],
    ["in the text", (line: string) => `About the review:\n${line}`],
    ["in the last line", (line: string) => `text\n\n${line}`],
    ["after a space", (line: string) => ` ${line}\n\ntext`],
    ["with text after it", (line: string) => `${line} and more\n\ntext`],
    ["after an empty line", (line: string) => `\n${line}\n\ntext`],
  ])("is not one that has a marker %s, even of the token's own user", async (_, write) => {
    const other = write(marker({ run: [999, 999] }));
    fake.state.add("bot", other);
    expect(await post({ body: "ours" })).toMatchObject({ did: "created" });
    expect(bodies()).toEqual([other, `${marker()}\n\nours`]);
  });

  test("a marker in the body is only text", async () => {
    const body = `${marker({ key: "other", run: [999, 999] })}\n${marker({ run: [999, 999] })}`;
    await post({ body });
    expect(await post({ key: "other", body: "of the other" })).toMatchObject({ did: "created" });
    expect(await post({ run: [6, 60], body: "newer" })).toMatchObject({ did: "updated" });
  });

  test("without changes: `update` writes, `keep` leaves, `delete` removes", async () => {
    expect(await post({ hasChanges: false, onNoChanges: "keep" })).toEqual({ did: "nothing" });
    expect(await post({ hasChanges: false, onNoChanges: "delete" })).toEqual({ did: "nothing" });
    expect(await post({ hasChanges: false, onNoChanges: "update", body: "No changes." })).toMatchObject({
      did: "created",
    });
    expect(await post({ hasChanges: false, onNoChanges: "keep", run: [6, 60] })).toMatchObject({
      did: "kept",
    });
    expect(bodies()).toEqual([`${marker()}\n\nNo changes.`]);
    expect(await post({ hasChanges: false, onNoChanges: "delete", run: [4, 40], commit: OLD })).toMatchObject(
      { did: "superseded" },
    );
    expect(bodies()).toHaveLength(1);
    expect(await post({ hasChanges: false, onNoChanges: "delete", run: [6, 60] })).toEqual({
      did: "deleted",
    });
    expect(fake.state.live).toEqual([]);
  });

  test("an older run does not restore a comment that a newer one deleted", async () => {
    expect(await post({ onNoChanges: "delete", commit: OLD, run: [4, 40] })).toEqual({ did: "superseded" });
    expect(fake.state.live).toEqual([]);
    expect(await post({ onNoChanges: "delete" })).toMatchObject({ did: "created" });
  });

  test("extra comments of killed runs are deleted by the next run", async () => {
    for (const run of [
      [1, 10],
      [3, 30],
      [3, 30],
      [2, 20],
    ])
      fake.state.add("bot", `${marker({ run, commit: OLD })}\n\nold ${run}`);
    expect(await post({ body: "whole" })).toMatchObject({ did: "updated" });
    expect(fake.state.live.map(({ id, body }) => [id, body])).toEqual([[102, `${marker()}\n\nwhole`]]);
  });

  test("a comment of the maximum length is posted, and a longer one is refused before anything is sent", async () => {
    const room = host.mostCharacters - `${marker()}\n\n`.length;
    expect(await post({ body: "x".repeat(room) })).toMatchObject({ did: "created" });
    const sent = fake.state.asked.length;
    const error = { code: "review-comment-too-long", found: String(host.mostCharacters + 1) };
    await expect(post({ body: "x".repeat(room + 1) })).rejects.toMatchObject(error);
    expect(fake.state.asked).toHaveLength(sent);
  });

  test("characters outside the basic plane count as two here, and never as more at the host", async () => {
    const room = host.mostCharacters - `${marker()}\n\n`.length;
    const body = "𝒳".repeat(Math.floor(room / 2));
    expect(await post({ body })).toMatchObject({ did: "created" });
    expect(bodies()).toEqual([`${marker()}\n\n${body}`]);
  });

  test("the fake host enforces the limit too: the refusal is reported", async () => {
    await expect(host.create("x".repeat(1_000_001))).rejects.toMatchObject({
      code: "review-comment-refused",
      found: kind.tooLong,
    });
  });

  test("the marker reads back as written, for any key", async () => {
    for (const key of ["website", "a b", "-->", ")", "ключ", "a--b", "%2d"])
      expect(readMarker(`${marker({ key })}\n\ntext`, key, host)).toEqual({
        key,
        commit: HEAD,
        run: [5, 50],
      });
    expect(readMarker(`${marker({ key: "a" })}\n\n`, "b", host)).toBeUndefined();
  });
});

describe("old comments are hidden", () => {
  test("at GitHub: the new one is written first, then the old ones are hidden, once", async () => {
    const [kind] = HOSTS;
    if (kind === undefined) throw new Error("no host");
    const fake = await kind.start();
    try {
      const post = async (run: number[], commit = HEAD): Promise<Posted> =>
        postComment(
          await hostOf(fake, kind),
          options({ old: "hide", run, commit, body: `run ${run[0]}` }),
          SETTLE_MS,
        );
      expect(await post([1, 10])).toMatchObject({ did: "created" });
      expect(await post([2, 20])).toMatchObject({ did: "hidden-and-created" });
      expect(await post([2, 20])).toMatchObject({ did: "updated" });
      expect(await post([3, 30])).toMatchObject({ did: "hidden-and-created" });
      expect(await post([1, 40], OLD)).toMatchObject({ did: "superseded" });
      expect(fake.state.live.map(({ isHidden }) => isHidden)).toEqual([true, true, false]);
      expect(fake.state.count("POST", /graphql/)).toBeGreaterThan(2);
    } finally {
      await fake.close();
    }
  });

  test.each(HOSTS.slice(1))(
    "at $name nothing can be hidden: refused before anything is sent",
    async (kind) => {
      const fake = await kind.start();
      try {
        const posted = postComment(await hostOf(fake, kind), options({ old: "hide" }), SETTLE_MS);
        await expect(posted).rejects.toMatchObject({
          code: "review-hide-unsupported",
          found: kind.name,
          exitCode: 2,
        });
        expect(fake.state.asked).toEqual([]);
      } finally {
        await fake.close();
      }
    },
  );
});
