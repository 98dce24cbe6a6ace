import type { CircleCI } from "../../lib/circleci/api/circleci";
import { readSlug } from "../../lib/circleci/api/slug";
import { useVirtualTime } from "../http/virtual-time";
import { ALICE, acme, BOB, clientOf, ORGANIZATION, PROJECT, pipeline, TOKEN } from "./a-circleci";
import { type FakeCircleCI, serveCircleCI } from "./api-server";

useVirtualTime();
const WEBSITE = readSlug("gh/acme/website");
const PIPELINES = /\/pipeline(\?|$)/;
let fake: FakeCircleCI;
let circleci: CircleCI;
const notes: string[] = [];

const failureOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => "no failure",
    (error: unknown) => error,
  );

beforeEach(async () => {
  notes.length = 0;
  fake = await serveCircleCI(acme());
  circleci = await clientOf(fake, { note: (text) => notes.push(text) });
});
afterEach(() => fake.close());

describe("answers of CircleCI", () => {
  test("the owner of the token, which is sent only in a header", async () => {
    expect(await circleci.me()).toEqual({ id: ALICE, login: "alice", name: "Alice Liddell" });
    const [asked] = fake.state.asked;
    expect(asked?.headers["circle-token"]).toBe(TOKEN);
    expect(JSON.stringify({ ...asked, headers: { ...asked?.headers, "circle-token": "" } })).not.toContain(
      TOKEN,
    );
  });

  test("a user, or undefined if there is none", async () => {
    expect(await circleci.user(BOB)).toEqual({ id: BOB, login: "bob", name: "" });
    expect(await circleci.user(PROJECT)).toBeUndefined();
  });

  test("a project by its slug, in the short and in the long form", async () => {
    const project = await circleci.project(WEBSITE);
    expect(project).toMatchObject({ id: PROJECT, organization_id: ORGANIZATION, organization_name: "acme" });
    expect(await circleci.project(readSlug("github/acme/website"))).toEqual(project);
  });

  test("the settings for pull requests of forks; a missing setting is unknown", async () => {
    expect(await circleci.forkSettings(WEBSITE)).toEqual({ areBuilt: undefined, getSecrets: undefined });
    fake.state.projects = acme({
      advanced: { build_fork_prs: true, forks_receive_secret_env_vars: false, oss: true },
    }).projects;
    expect(await circleci.forkSettings(WEBSITE)).toEqual({ areBuilt: true, getSecrets: false });
  });
});

describe("lists of several pages", () => {
  const numbers = async (most: number): Promise<readonly number[]> =>
    (await circleci.recentPipelines(WEBSITE, most)).map(({ number }) => number);

  beforeEach(() => {
    const pipelines = [5, 4, 3, 2, 1].map((number) => pipeline(number, "bob", [BOB, ALICE, BOB]));
    fake.state.projects = acme({ pipelines }).projects;
    fake.state.pageSize = 2;
  });

  test("are read to their end, in order", async () => {
    expect(await numbers(100)).toEqual([5, 4, 3, 2, 1]);
    expect(fake.state.count("GET", PIPELINES)).toBe(3);
    const started = (await circleci.workflowsOf(pipeline(3, null, []).id)).map((one) => one.started_by);
    expect(started).toEqual([BOB, ALICE, BOB]);
  });

  test("are read only as far as requested", async () => {
    expect(await numbers(3)).toEqual([5, 4, 3]);
    expect(fake.state.count("GET", PIPELINES)).toBe(2);
    expect(await numbers(2)).toEqual([5, 4]);
    expect(fake.state.count("GET", PIPELINES)).toBe(3);
  });

  test("without an end are an error", async () => {
    const same = { status: 200, body: { items: [], next_page_token: "again" } };
    fake.state.fail("GET", PIPELINES, same, 99);
    expect(await failureOf(numbers(100))).toMatchObject({ code: "circleci-unexpected" });
    expect(fake.state.asked).toHaveLength(2);
  });
});

describe("errors of CircleCI", () => {
  test("401: the token is refused, once", async () => {
    const refused = await clientOf(fake, { token: "CCIPAT_of_nobody" });
    expect(await failureOf(refused.project(WEBSITE))).toMatchObject({
      code: "circleci-token-refused",
      found: "401",
      exitCode: 1,
      message: expect.stringContaining("Invalid token provided."),
      fix: expect.stringContaining("CIRCLE_TOKEN"),
    });
    expect(fake.state.asked).toHaveLength(1);
  });

  test("403: the error names who has access", async () => {
    fake.state.fail("GET", /settings/, { status: 403, body: { message: "Permission denied." } });
    expect(await failureOf(circleci.forkSettings(WEBSITE))).toMatchObject({
      code: "circleci-forbidden",
      found: "403",
      fix: expect.stringContaining("member of the organization"),
    });
  });

  test("404: the project does not exist, or the token has no access to it", async () => {
    const missing = { code: "circleci-not-found", found: "404", fix: expect.stringContaining("circleci/<") };
    expect(await failureOf(circleci.project(readSlug("gh/acme/other")))).toMatchObject(missing);
    fake.state.projects = acme({ hiddenFrom: [ALICE] }).projects;
    expect(await failureOf(circleci.project(WEBSITE))).toMatchObject(missing);
    expect(fake.state.asked).toHaveLength(2);
  });

  test("429 with Retry-After: waits that long, announces it, and continues", async () => {
    fake.state.fail("GET", PIPELINES, { status: 429, headers: { "retry-after": "2" }, body: {} });
    const since = Date.now();
    expect(await circleci.recentPipelines(WEBSITE, 9)).toHaveLength(4);
    expect(Date.now() - since).toBe(2_000);
    expect(notes).toEqual([expect.stringMatching(/^waiting 2 s: .*rate limit/)]);
  });

  test("429 beyond the longest wait: fails at once, and says when to retry", async () => {
    const body = { message: "Rate limit exceeded." };
    fake.state.fail("GET", PIPELINES, { status: 429, headers: { "retry-after": "3600" }, body });
    expect(await failureOf(circleci.recentPipelines(WEBSITE, 9))).toMatchObject({
      code: "circleci-rate-limited",
      found: "429",
      fix: expect.stringContaining("3600 s"),
    });
    expect(fake.state.asked).toHaveLength(1);
  });

  test("429 without a time: retried a limited number of times", async () => {
    fake.state.fail("GET", PIPELINES, { status: 429, body: {} }, 99);
    expect(await failureOf(circleci.recentPipelines(WEBSITE, 9))).toMatchObject({
      code: "circleci-rate-limited",
    });
    expect(fake.state.asked).toHaveLength(4);
  });

  test.each([500, 502, 503, 504])("%d: retried a limited number of times", async (status) => {
    fake.state.fail("GET", PIPELINES, { status, body: "<html>oops</html>" }, 2);
    expect(await circleci.recentPipelines(WEBSITE, 9)).toHaveLength(4);
    fake.state.fail("GET", PIPELINES, { status, body: "<html>oops</html>" }, 99);
    const before = fake.state.asked.length;
    expect(await failureOf(circleci.recentPipelines(WEBSITE, 9))).toMatchObject({
      code: "circleci-failing",
      found: String(status),
      fix: expect.stringContaining("status.circleci.com"),
    });
    expect(fake.state.asked.length - before).toBe(4);
  });

  test.each(["drop", "cut"] as const)(
    "a connection that ends (%s): retried a limited number of times",
    async (how) => {
      fake.state.fail("GET", PIPELINES, how, 2);
      expect(await circleci.recentPipelines(WEBSITE, 9)).toHaveLength(4);
      fake.state.fail("GET", PIPELINES, how, 99);
      expect(await failureOf(circleci.recentPipelines(WEBSITE, 9))).toMatchObject({
        code: "circleci-unreachable",
        fix: expect.stringContaining("network"),
      });
    },
  );

  test("a slow server: fails after the configured time", async () => {
    fake.state.latency = () => 400;
    const impatient = await clientOf(fake, { silenceMs: 40 });
    expect(await failureOf(impatient.me())).toMatchObject({
      code: "circleci-unreachable",
      message: expect.stringContaining("timed out"),
    });
  });

  test("an unreachable server", async () => {
    await fake.close();
    expect(await failureOf(circleci.me())).toMatchObject({ code: "circleci-unreachable" });
    fake = await serveCircleCI();
  });

  test.each([301, 302, 307])("%d: the token is not sent to the new address", async (status) => {
    const elsewhere = await serveCircleCI(acme());
    try {
      fake.state.fail("GET", /me$/, { status, headers: { location: `${elsewhere.url}/api/v2/me` } });
      expect(await failureOf(circleci.me())).toMatchObject({ code: "circleci-moved", found: String(status) });
      expect(elsewhere.state.asked).toEqual([]);
    } finally {
      await elsewhere.close();
    }
  });

  test.each<[string, unknown]>([
    ["a page instead of JSON", "<html>welcome</html>"],
    ["an invalid id", { id: "7", login: "alice", name: "Alice" }],
    ["an id with capitals, which no token has", { id: ALICE.toUpperCase(), login: "alice", name: "" }],
    ["no login", { id: ALICE }],
    ["nothing", undefined],
  ])("%s is not an answer of its API", async (_, body) => {
    fake.state.fail("GET", /me$/, { status: 200, body });
    expect(await failureOf(circleci.me())).toMatchObject({ code: "circleci-unexpected" });
  });

  test("an error message is one line, and never contains the token", async () => {
    for (const status of [400, 401, 403, 404, 422, 503]) {
      fake.state.fail("GET", /me$/, { status, body: { message: `\u001b[2J${TOKEN}\nof yours` } }, 4);
      const failure = await failureOf(circleci.me());
      expect(String(failure)).toContain("*** of yours");
      expect(JSON.stringify(failure) + String(failure)).not.toContain(TOKEN);
    }
  });
});
