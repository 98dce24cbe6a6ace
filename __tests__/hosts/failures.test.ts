import type { CommentHost } from "../../lib/hosts/host";
import { type Posted, type PostOptions, postComment } from "../../lib/hosts/post-comment";
import { useVirtualTime } from "../http/virtual-time";
import { OPTIONS } from "./a-post";
import { HOSTS, hostOf } from "./fakes/all-hosts";
import type { Fake } from "./fakes/fake-server";

useVirtualTime();
const NEXT: PostOptions = { ...OPTIONS, run: 6, body: "next text" };

describe.each(HOSTS)("when $name fails or refuses", (kind) => {
  let fake: Fake;
  const notes: string[] = [];
  const host = (token = "token-of-the-bot", mostMs = 20_000): Promise<CommentHost> =>
    hostOf(fake, kind, { token, mostMs, note: (text) => notes.push(text) });
  const post = async (options = OPTIONS, token?: string, mostMs?: number): Promise<Posted> =>
    postComment(await host(token, mostMs), options, 1);
  const texts = (): readonly string[] => fake.state.live.map(({ body }) => body.split("\n").at(-1) ?? "");
  const failureOf = (posting: Promise<unknown>): Promise<unknown> =>
    posting.then(
      () => "no failure",
      (error: unknown) => error,
    );

  beforeEach(async () => {
    notes.length = 0;
    fake = await kind.start();
  });
  afterEach(() => fake.close());

  test("401: the token is refused, once", async () => {
    expect(await failureOf(post(OPTIONS, "token-that-expired"))).toMatchObject({
      code: "review-token-refused",
      found: "401",
      exitCode: 1,
    });
    expect(fake.state.asked).toHaveLength(1);
  });

  test("403: the error names the missing permission", async () => {
    const failure = await failureOf(post(OPTIONS, "token-that-only-reads"));
    expect(failure).toMatchObject({
      code: "review-forbidden",
      found: "403",
      fix: expect.stringMatching(
        /pull-requests: write|scope api|write:pullrequest|repository permission Read/,
      ),
    });
    expect(fake.state.count("POST", kind.comments)).toBe(1);
  });

  test("404: no such pull request, or the token has no access to it", async () => {
    fake.state.fail("GET", kind.comments, { status: 404, body: { message: "Not Found" } });
    expect(await failureOf(post())).toMatchObject({ code: "review-not-found", found: "404" });
    expect(fake.state.live).toEqual([]);
  });

  test.each([422, 400])(
    "%d: the host's message is shown, and the comment is not sent again",
    async (status) => {
      fake.state.fail("POST", kind.comments, { status, body: { message: "no \u001b[31mred\nwords" } });
      const failure = await failureOf(post());
      expect(failure).toMatchObject({
        code: "review-comment-refused",
        message: expect.stringContaining("no [31mred words"),
      });
      expect(fake.state.count("POST", kind.comments)).toBe(1);
    },
  );

  test.each([301, 307])(
    "%d: the token is not sent to the new address, and a POST does not become a GET",
    async (status) => {
      const elsewhere = await kind.start();
      try {
        fake.state.fail("GET", kind.comments, {
          status,
          headers: { location: `${elsewhere.apiUrl}/moved` },
          body: {},
        });
        expect(await failureOf(post())).toMatchObject({ code: "review-host-moved", found: String(status) });
        fake.state.fail("POST", kind.comments, {
          status,
          headers: { location: `${elsewhere.apiUrl}/moved` },
          body: {},
        });
        expect(await failureOf(post())).toMatchObject({ code: "review-host-moved", found: String(status) });
        expect(elsewhere.state.asked).toEqual([]);
      } finally {
        await elsewhere.close();
      }
    },
  );

  test("429 with Retry-After: waits that long, announces it, and posts once", async () => {
    const limited = {
      status: 429,
      headers: { "retry-after": "2" },
      body: { message: "You have exceeded a secondary rate limit" },
    };
    fake.state.fail("GET", kind.comments, limited);
    const since = Date.now();
    expect(await post()).toMatchObject({ did: "created" });
    // The settling is 1 ms, and GitHub's client leaves a second between calls.
    expect(Date.now() - since).toBeGreaterThanOrEqual(2_000);
    expect(Date.now() - since).toBeLessThan(3_500);
    expect(notes).toEqual([expect.stringMatching(/^waiting 2 s: .*rate limit/)]);
    fake.state.fail(kind.update, kind.comments, limited);
    expect(await post(NEXT)).toMatchObject({ did: "updated" });
    expect(notes).toHaveLength(2);
    expect(texts()).toEqual(["next text"]);
  });

  test("429 beyond the limit: fails at once and says when to retry", async () => {
    fake.state.fail("GET", kind.comments, {
      status: 429,
      headers: { "retry-after": "3600" },
      body: { message: "secondary rate limit" },
    });
    const failure = await failureOf(post());
    expect(failure).toMatchObject({
      code: "review-rate-limited",
      found: "429",
      fix: expect.stringContaining("3600 s"),
    });
    expect(fake.state.asked).toHaveLength(1);
  });

  test("the total wait of a command is limited", async () => {
    fake.state.fail(
      "GET",
      kind.comments,
      { status: 429, headers: { "retry-after": "1" }, body: { message: "secondary rate limit" } },
      9,
    );
    expect(await failureOf(post(OPTIONS, undefined, 2_500))).toMatchObject({ code: "review-rate-limited" });
    expect(fake.state.count("GET", kind.comments)).toBe(3);
  });

  test.each([500, 502, 503])("%d while reading: retried, a limited number of times", async (status) => {
    fake.state.fail("GET", kind.comments, { status, body: "<html>oops</html>" }, 2);
    expect(await post()).toMatchObject({ did: "created" });
    fake.state.fail("GET", kind.comments, { status, body: "<html>oops</html>" }, 99);
    const before = fake.state.count("GET", kind.comments);
    expect(await failureOf(post(NEXT))).toMatchObject({ code: "review-host-failing", found: String(status) });
    expect(fake.state.count("GET", kind.comments) - before).toBe(4);
    expect(texts()).toEqual(["text"]);
  });

  test.each(["drop", "cut"] as const)(
    "a connection that ends while reading (%s): tried again, and never an empty list",
    async (fault) => {
      await post();
      fake.state.fail("GET", kind.comments, fault, 2);
      expect(await post(NEXT)).toMatchObject({ did: "updated" });
      fake.state.fail("GET", kind.comments, fault, 99);
      expect(await failureOf(post({ ...NEXT, run: 7 }))).toMatchObject({ code: "review-host-unreachable" });
      expect(texts()).toEqual(["next text"]);
    },
  );

  test.each(["lose", "cut"] as const)(
    "a comment that was created without an answer (%s) is found, not written twice",
    async (fault) => {
      fake.state.fail("POST", kind.comments, fault);
      expect(await post()).toMatchObject({ did: "created" });
      expect(fake.state.count("POST", kind.comments)).toBe(1);
      expect(texts()).toEqual(["text"]);
    },
  );

  test.each(["drop", { status: 502, body: "bad gateway" }] as const)(
    "a comment that was not created (%p) is looked for, then written",
    async (fault) => {
      fake.state.fail("POST", kind.comments, fault);
      expect(await post()).toMatchObject({ did: "created" });
      const order = fake.state.asked
        .filter(({ path }) => kind.comments.test(path) && !path.includes("graphql"))
        .map(({ method }) => method);
      expect(order).toEqual(["GET", "POST", "GET", "POST", "GET"]);
      expect(texts()).toEqual(["text"]);
    },
  );

  test("a failed update is not repeated over a newer comment", async () => {
    await post();
    const [kept] = fake.state.live;
    if (kept === undefined) throw new Error("nothing was posted");
    fake.state.fail(kind.update, kind.comments, "drop");
    const slow = await hostOf(fake, kind, { firstMs: 500 });
    const posting = postComment(slow, NEXT, 1);
    while (fake.state.count(kind.update, kind.comments) === 0)
      await new Promise((resolve) => setTimeout(resolve, 5));
    const newest = kept.body.replace("run=5", "run=7").replace("text", "newest");
    kept.body = newest;
    expect(await posting).toMatchObject({ did: "superseded" });
    expect(fake.state.live.map(({ body }) => body)).toEqual([newest]);
    expect(fake.state.count(kind.update, kind.comments)).toBe(1);
  });

  test("an update that gets 404 for an existing comment is not repeated forever", async () => {
    await post();
    fake.state.fail(kind.update, kind.comments, { status: 404, body: { message: "Not Found" } }, 99);
    expect(await failureOf(post(NEXT))).toMatchObject({ code: "review-not-found" });
    expect(fake.state.count(kind.update, kind.comments)).toBe(3);
    expect(texts()).toEqual(["text"]);
  });

  test("a comment that was deleted in between is created again", async () => {
    await post();
    fake.state.fail(kind.update, kind.comments, { status: 404, body: { message: "Not Found" } });
    fake.state.comments.forEach((one) => {
      one.isDeleted = true;
    });
    fake.state.add("bot", fake.state.comments[0]?.body ?? "");
    expect(await post(NEXT)).toMatchObject({ did: "updated" });
    expect(texts()).toEqual(["next text"]);
  });

  test.each([
    ["no JSON", "<html>a login page</html>"],
    ["not a list", { login: "somebody" }],
    ["comments without their text", [{ id: 1 }]],
  ])("200 with %s is an error, never an empty list", async (_, body) => {
    fake.state.fail("GET", kind.comments, { status: 200, body });
    expect(await failureOf(post())).toMatchObject({ code: "review-host-unexpected" });
    expect(fake.state.live).toEqual([]);
  });

  test("409 while reading is an error, not the end of the list", async () => {
    fake.state.fail("GET", kind.comments, { status: 409, body: { message: "conflict" } }, 9);
    expect(await failureOf(post())).toMatchObject({ code: "review-host-unexpected", found: "409" });
    expect(fake.state.live).toEqual([]);
  });

  test("the next page is never requested from another server", async () => {
    const elsewhere = await kind.start();
    try {
      const next = `${elsewhere.apiUrl}/next`;
      const body = kind.name === "bitbucket" ? { values: [], next } : [];
      fake.state.fail("GET", kind.comments, {
        status: 200,
        headers: { link: `<${next}>; rel="next"` },
        body,
      });
      expect(await failureOf(post())).toMatchObject({ code: "review-host-unexpected" });
      expect(elsewhere.state.asked).toEqual([]);
    } finally {
      await elsewhere.close();
    }
  });

  test("an unreachable host", async () => {
    await fake.close();
    expect(await failureOf(post())).toMatchObject({
      code: "review-host-unreachable",
      message: expect.stringContaining("ECONNREFUSED"),
    });
    fake = await kind.start();
  });

  test.each([401, 403, 404, 409, 422, 429, 500])(
    "a token in the body of a response with status %d is in neither the error nor its cause",
    async (status) => {
      const token = "token-of-the-bot";
      const basic = Buffer.from(`bot@example.com:${token}`).toString("base64");
      const echo = `you sent ${token} ${encodeURIComponent(token)} ${basic}`;
      for (const method of ["GET", "POST"])
        fake.state.fail(
          method,
          kind.comments,
          { status, headers: { "retry-after": "0" }, body: { message: echo, error: { message: echo } } },
          9,
        );
      const error = await failureOf(post(OPTIONS, token, 200));
      const { inspect } = await import("node:util");
      const shown = `${inspect(error, { depth: 9, showHidden: true })}${JSON.stringify(error)}${notes.join()}`;
      expect(shown).toContain("you sent ***");
      expect(shown).not.toContain(token);
      if (kind.name === "bitbucket") expect(shown).not.toContain(basic);
    },
  );
});
