import { circleciApi } from "../../lib/circleci/api/base-url";
import { printSlug, readSlug, slugOfRemote } from "../../lib/circleci/api/slug";
import { readCircleToken } from "../../lib/circleci/api/token";

describe("a project's slug", () => {
  test.each([
    ["gh/acme/website", "gh/acme/website"],
    ["github/acme/website", "gh/acme/website"],
    ["bb/acme/website.io", "bb/acme/website.io"],
    ["bitbucket/acme/website", "bb/acme/website"],
    ["circleci/43G3kM5RtfFE7v5sa4nWAU/44n9pujWcTnVZ2b5S8Fnat", undefined],
    ["circleci/6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11/77c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f03", undefined],
  ])("%s", (text, printed = text) => {
    expect(printSlug(readSlug(text))).toBe(printed);
  });

  test.each([
    "",
    "acme/website",
    "gl/acme/website",
    "gh/acme",
    "gh/acme/website/more",
    "gh//website",
    "gh/../website",
    "gh/acme/web site",
    "gh/acme/website?x",
    "constructor/acme/website",
    "https://github.com/acme/website",
  ])("%j is not a slug", (text) => {
    expect(() => readSlug(text)).toThrow(
      expect.objectContaining({ code: "circleci-slug", found: text, exitCode: 2 }),
    );
  });

  test.each([
    ["git@github.com:acme/website.git", "gh/acme/website"],
    ["https://github.com/acme/website", "gh/acme/website"],
    ["ssh://git@bitbucket.org/acme/website.git", "bb/acme/website"],
  ])("the one of %s", (remote, slug) => {
    expect(printSlug(slugOfRemote(remote))).toBe(slug);
  });

  test.each([
    undefined,
    "git@gitlab.com:acme/website.git",
    "git@github.com.evil.example:acme/website.git",
    "git@constructor:acme/website.git",
    "/srv/git/website.git",
  ])("no slug from the repository %s", (remote) => {
    expect(() => slugOfRemote(remote)).toThrow(
      expect.objectContaining({ code: "circleci-slug-unknown", exitCode: 2 }),
    );
  });
});

describe("where CircleCI is", () => {
  test.each<[NodeJS.ProcessEnv, string]>([
    [{}, "https://circleci.com/api/v2"],
    [{ CIRCLE_URL: "", CIRCLE_HOST: "" }, "https://circleci.com/api/v2"],
    [{ CIRCLE_URL: "https://ci.example.com/" }, "https://ci.example.com/api/v2"],
    [{ CIRCLE_URL: "https://ci.example.com/api/v2" }, "https://ci.example.com/api/v2"],
    [{ CIRCLE_HOST: "ci.example.com:8443" }, "https://ci.example.com:8443/api/v2"],
    [{ CIRCLE_HOST: "https://ci.example.com" }, "https://ci.example.com/api/v2"],
    [{ CIRCLE_URL: "https://a.example", CIRCLE_HOST: "b.example" }, "https://a.example/api/v2"],
  ])("%j", (env, url) => {
    expect(circleciApi(env)).toBe(url);
  });

  test.each([
    ["CIRCLE_URL", "http://ci.example.com", "ci.example.com"],
    ["CIRCLE_URL", "https://me:secret@ci.example.com", "ci.example.com"],
    ["CIRCLE_URL", "ci.example.com", "no URL"],
    ["CIRCLE_HOST", "ci.example.com/path", "no URL"],
  ])("a token does not go to %s=%s", (name, text, found) => {
    expect(() => circleciApi({ [name]: text })).toThrow(
      expect.objectContaining({ code: "circleci-url", found, exitCode: 2 }),
    );
  });
});

describe("the token", () => {
  test("comes from the environment, without a prompt", async () => {
    const asks = jest.fn();
    const { value, mask } = await readCircleToken({ CIRCLE_TOKEN: "CCIPAT_0123" }, asks);
    expect([value, mask("with CCIPAT_0123 in it")]).toEqual(["CCIPAT_0123", "with *** in it"]);
    expect(asks).not.toHaveBeenCalled();
  });

  test("is asked for if the environment has none", async () => {
    const { value } = await readCircleToken({ CIRCLE_TOKEN: "" }, async () => "CCIPAT_typed");
    expect(value).toBe("CCIPAT_typed");
  });

  test("is missing if this is not a terminal", async () => {
    await expect(readCircleToken({}, async () => undefined)).rejects.toMatchObject({
      code: "circleci-token-missing",
      exitCode: 2,
    });
  });

  test.each(["short", "with white space", "line\nbreak-inside", "tök€n-of-something"])(
    "%j is invalid, and no message repeats it",
    async (token) => {
      const failure: unknown = await readCircleToken({ CIRCLE_TOKEN: token }).catch((error) => error);
      expect(failure).toMatchObject({ code: "circleci-token-malformed", found: "CIRCLE_TOKEN", exitCode: 2 });
      expect(JSON.stringify(failure) + String(failure)).not.toContain(token);
    },
  );
});
