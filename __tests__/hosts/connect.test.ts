import { connect } from "../../lib/hosts/connect";
import { printMarker } from "../../lib/hosts/marker";
import { postComment } from "../../lib/hosts/post-comment";
import type { Where } from "../../lib/hosts/where";
import { useVirtualTime } from "../http/virtual-time";
import { OPTIONS } from "./a-post";
import { HEAD, HOSTS, hostOf, OLD } from "./fakes/all-hosts";
import { startBitbucket, uuidOf } from "./fakes/fake-bitbucket";
import { startDataCenter } from "./fakes/fake-data-center";
import { startGitHub } from "./fakes/fake-github";
import { startGitLab } from "./fakes/fake-gitlab";
import type { Fake } from "./fakes/fake-server";

useVirtualTime();

async function withFake(
  start: () => Promise<Fake>,
  use: (fake: Fake, where: Where) => Promise<void>,
): Promise<void> {
  const fake = await start();
  const { name: host, apiUrl } = fake;
  try {
    await use(fake, { host, apiUrl, repository: "acme/site", pullRequest: 12, commit: HEAD });
  } finally {
    await fake.close();
  }
}

describe("connect", () => {
  test.each(HOSTS)("sends nothing to $name yet", async ({ start, env }) => {
    await withFake(start, async (fake, where) => {
      expect(await connect(where, env("token-of-the-bot"))).toMatchObject({ name: fake.name });
      expect(fake.state.asked).toEqual([]);
    });
  });

  test.each(HOSTS)("the token of $name is in one header and in no address", async (kind) => {
    await withFake(kind.start, async (fake) => {
      await postComment(await hostOf(fake, kind), OPTIONS, 1);
      expect(fake.state.asked.length).toBeGreaterThan(2);
      for (const { path, authorization, body } of fake.state.asked) {
        expect(authorization).not.toBe("");
        expect(`${path}${JSON.stringify(body)}`).not.toContain("token-of-the-bot");
      }
    });
  });
});

describe("at GitLab the merge request is found by its commit", () => {
  const env = { GITLAB_TOKEN: "token-of-the-bot" };

  test("the open one", () =>
    withFake(startGitLab, async (fake, where) => {
      const host = await connect({ ...where, pullRequest: undefined }, env);
      if ("none" in host) throw new Error(host.none);
      expect(await postComment(host, OPTIONS, 1)).toEqual({
        did: "created",
        url: expect.stringContaining("/-/merge_requests/12#note_"),
      });
      expect(fake.state.live).toHaveLength(1);
    }));

  test("none: nothing is posted, without an error", () =>
    withFake(startGitLab, async (_, where) => {
      expect(await connect({ ...where, pullRequest: undefined, commit: OLD }, env)).toEqual({
        none: expect.stringContaining(OLD),
      });
    }));

  test("several: an error asks for --pull-request", () =>
    withFake(startGitLab, async (fake, where) => {
      fake.state.fail("GET", /commits/, {
        status: 200,
        body: [
          { iid: 4, state: "opened" },
          { iid: 5, state: "opened" },
        ],
      });
      const error = { code: "review-pull-request", found: "4,5", exitCode: 2 };
      await expect(connect({ ...where, pullRequest: undefined }, env)).rejects.toMatchObject(error);
    }));
});

describe("at GitLab a line that is a quick action is never sent", () => {
  test.each(["/merge", "text\n/close", "text\n  /assign @mallory"])("%j", (body) =>
    withFake(startGitLab, async (fake, where) => {
      const host = await connect(where, { GITLAB_TOKEN: "token-of-the-bot" });
      if ("none" in host) throw new Error(host.none);
      await expect(postComment(host, { ...OPTIONS, body }, 1)).rejects.toMatchObject({
        code: "review-quick-action",
      });
      expect(fake.state.count("POST", /notes/)).toBe(0);
    }),
  );
});

describe("at Bitbucket an access token cannot read its account", () => {
  const env = { BITBUCKET_TOKEN: "token-of-the-bot" };
  const forged = `${printMarker({ key: "website", commit: HEAD, run: [99] }, "link-definition")}\n\nforged`;

  test("the first comment needs no account, later ones do: comments of others must not count", () =>
    withFake(startBitbucket, async (fake, where) => {
      const post = async (more: NodeJS.ProcessEnv, run: number): Promise<unknown> => {
        const host = await connect(where, { ...env, ...more });
        return "none" in host ? host : postComment(host, { ...OPTIONS, run }, 1);
      };
      expect(await post({}, 1)).toMatchObject({ did: "created" });
      fake.state.add("mallory", forged);
      const error = { code: "review-account-unknown", found: `${uuidOf("bot")}, ${uuidOf("mallory")}` };
      await expect(post({}, 2)).rejects.toMatchObject(error);
      expect(await post({ BITBUCKET_ACCOUNT_UUID: uuidOf("bot") }, 2)).toMatchObject({ did: "updated" });
      expect(fake.state.visible("mallory").map(({ body }) => body)).toEqual([forged]);
    }));

  test("replies and deleted comments do not count", () =>
    withFake(startBitbucket, async (fake, where) => {
      const host = await connect(where, { ...env, BITBUCKET_ACCOUNT_UUID: uuidOf("bot") });
      if ("none" in host) throw new Error(host.none);
      fake.state.add("bot", forged).isReply = true;
      fake.state.add("bot", forged).isDeleted = true;
      expect(await postComment(host, OPTIONS, 1)).toMatchObject({ did: "created" });
    }));
});

describe("at Bitbucket Data Center", () => {
  const env = { BITBUCKET_TOKEN: "token-of-the-bot" };
  const forged = `${printMarker({ key: "website", commit: HEAD, run: [99] }, "link-definition")}\n\nforged`;

  test("a comment's page is named, and a change names the version that was read", () =>
    withFake(startDataCenter, async (fake, where) => {
      const host = await connect(where, env);
      if ("none" in host) throw new Error(host.none);
      const url = expect.stringMatching(/\/pull-requests\/12\/overview\?commentId=101$/);
      expect(await postComment(host, OPTIONS, 1)).toEqual({ did: "created", url });
      expect(await postComment(host, { ...OPTIONS, run: 6, body: "second" }, 1)).toEqual({
        did: "updated",
        url,
      });
      expect(await postComment(host, { ...OPTIONS, run: 7, body: "third" }, 1)).toEqual({
        did: "updated",
        url,
      });
      expect(fake.state.asked.flatMap(({ method, body }) => (method === "PUT" ? [body] : []))).toEqual([
        { text: expect.stringContaining("second"), version: 0 },
        { text: expect.stringContaining("third"), version: 1 },
      ]);
    }));

  test("a change that another process came before is read again, and made then", () =>
    withFake(startDataCenter, async (fake, where) => {
      const host = await connect(where, env, { firstMs: 1 });
      if ("none" in host) throw new Error(host.none);
      await postComment(host, OPTIONS, 1);
      const conflict = { status: 409, body: { errors: [{ message: "out of date" }] } };
      fake.state.fail("PUT", /comments/, conflict);
      expect(await postComment(host, { ...OPTIONS, run: 6, body: "second" }, 1)).toMatchObject({
        did: "updated",
      });
      expect(fake.state.live.map(({ body }) => body)).toEqual([expect.stringContaining("second")]);
      expect(fake.state.count("PUT", /comments/)).toBe(2);
    }));

  test("replies, deleted comments and those of others do not count", () =>
    withFake(startDataCenter, async (fake, where) => {
      const host = await connect(where, env);
      if ("none" in host) throw new Error(host.none);
      fake.state.add("mallory", forged);
      fake.state.add("bot", forged).isReply = true;
      fake.state.add("bot", forged).isDeleted = true;
      expect(await postComment(host, OPTIONS, 1)).toMatchObject({ did: "created" });
    }));

  test("a server that does not say whose token it is: BITBUCKET_USERNAME does", () =>
    withFake(startDataCenter, async (fake, where) => {
      fake.state.add("mallory", forged);
      const silent = { status: 200, body: { values: [activityOf(forged)], isLastPage: true } };
      fake.state.fail("GET", /activities/, silent, 1);
      const unnamed = await connect(where, env);
      if ("none" in unnamed) throw new Error(unnamed.none);
      const error = { code: "review-account-unknown", found: "mallory" };
      await expect(postComment(unnamed, OPTIONS, 1)).rejects.toMatchObject(error);
      fake.state.fail("GET", /activities/, silent, 1);
      const named = await connect(where, { ...env, BITBUCKET_USERNAME: "Bot" });
      if ("none" in named) throw new Error(named.none);
      expect(await postComment(named, OPTIONS, 1)).toMatchObject({ did: "created" });
    }));
});

function activityOf(text: string): unknown {
  return {
    action: "COMMENTED",
    commentAction: "ADDED",
    comment: { id: 7, version: 0, text, author: { name: "mallory" } },
  };
}

describe("GitHub's limits and refusals", () => {
  const env = { GH_TOKEN: "token-of-the-bot" };

  test("an exhausted hourly limit: waits for its reset", () =>
    withFake(startGitHub, async (fake, where) => {
      const notes: string[] = [];
      const reset = String(Math.ceil(Date.now() / 1_000) + 1);
      const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset };
      fake.state.fail("GET", /comments/, {
        status: 403,
        headers,
        body: { message: "API rate limit exceeded" },
      });
      const host = await connect(where, env, { note: (text) => notes.push(text) });
      if ("none" in host) throw new Error(host.none);
      expect(await postComment(host, OPTIONS, 1)).toMatchObject({ did: "created" });
      expect(notes).toEqual([expect.stringContaining("rate limit")]);
    }));

  test.each([
    ["FORBIDDEN", "review-forbidden"],
    ["NOT_FOUND", "review-not-found"],
    ["SOMETHING_NEW", "review-comment-refused"],
  ])("GraphQL's %s, which comes with 200, is %s", (type, code) =>
    withFake(startGitHub, async (fake, where) => {
      fake.state.add(
        "bot",
        `${printMarker({ key: "website", commit: OLD, run: [1] }, "html-comment")}\n\nold`,
      );
      fake.state.fail("POST", /graphql/, {
        status: 200,
        body: { data: null, errors: [{ type, message: "no" }] },
      });
      const host = await connect(where, env);
      if ("none" in host) throw new Error(host.none);
      await expect(postComment(host, OPTIONS, 1)).rejects.toMatchObject({ code });
      expect(fake.state.live).toHaveLength(1);
    }),
  );
});
