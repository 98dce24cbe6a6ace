import fc from "fast-check";
import { ProjectError } from "../../lib/errors";
import { runOrder } from "../../lib/hosts/run-order";
import { type WhereOptions, whereToPost } from "../../lib/hosts/where";

const COMMIT = "0123456789abcdef0123456789abcdef01234567";
const GITHUB = { CIRCLE_SHA1: COMMIT, CIRCLE_PULL_REQUEST: "https://github.com/acme/site/pull/12" };

function errorOf(env: NodeJS.ProcessEnv, options?: WhereOptions): unknown {
  try {
    return { whereToPost: whereToPost(env, options) };
  } catch (error) {
    return error;
  }
}

describe("where a review is posted, from CircleCI's environment", () => {
  test.each([
    [
      "GitHub",
      GITHUB,
      { host: "github", apiUrl: "https://api.github.com", repository: "acme/site", pullRequest: 12 },
    ],
    [
      "GitHub, with the project's own repository beside it",
      {
        ...GITHUB,
        CIRCLE_REPOSITORY_URL: "git@github.com:acme/site.git",
        CIRCLE_PROJECT_USERNAME: "acme",
        CIRCLE_PROJECT_REPONAME: "site",
      },
      { host: "github", apiUrl: "https://api.github.com", repository: "acme/site", pullRequest: 12 },
    ],
    [
      "Bitbucket",
      { CIRCLE_SHA1: COMMIT, CIRCLE_PULL_REQUEST: "https://bitbucket.org/acme/site/pull-requests/3" },
      { host: "bitbucket", apiUrl: "https://api.bitbucket.org/2.0", repository: "acme/site", pullRequest: 3 },
    ],
    [
      "several pull requests of one commit: the one of this repository",
      {
        CIRCLE_SHA1: COMMIT,
        CIRCLE_REPOSITORY_URL: "https://github.com/acme/site",
        CIRCLE_PULL_REQUEST: "https://github.com/other/site/pull/1",
        CIRCLE_PULL_REQUESTS: "https://github.com/other/site/pull/1,https://github.com/Acme/Site/pull/2",
      },
      { host: "github", apiUrl: "https://api.github.com", repository: "Acme/Site", pullRequest: 2 },
    ],
    [
      "GitLab, whose merge request CircleCI does not name",
      { CIRCLE_SHA1: COMMIT, CIRCLE_REPOSITORY_URL: "https://gitlab.com/acme/group/site" },
      {
        host: "gitlab",
        apiUrl: "https://gitlab.com/api/v4",
        repository: "acme/group/site",
        pullRequest: undefined,
      },
    ],
  ])("%s", (_, env, where) => {
    expect(whereToPost(env)).toEqual({ ...where, commit: COMMIT });
  });

  test.each([
    [
      "GitHub Enterprise",
      "https://github.example.com/api/v3",
      { CIRCLE_PULL_REQUEST: "https://github.example.com/acme/site/pull/12" },
      { host: "github", repository: "acme/site", pullRequest: 12 },
    ],
    [
      "GitHub Enterprise Cloud with data residency",
      "https://api.acme.ghe.com",
      { CIRCLE_PULL_REQUEST: "https://acme.ghe.com/acme/site/pull/12" },
      { host: "github", repository: "acme/site", pullRequest: 12 },
    ],
    [
      "GitLab self-managed, whose merge request CircleCI does not name",
      "https://gitlab.example.com/api/v4",
      { CIRCLE_REPOSITORY_URL: "https://gitlab.example.com/acme/group/site.git" },
      { host: "gitlab", repository: "acme/group/site", pullRequest: undefined },
    ],
    [
      "GitLab below a path",
      "https://example.com/gitlab/api/v4",
      { CIRCLE_PULL_REQUEST: "https://example.com/acme/site/-/merge_requests/3" },
      { host: "gitlab", repository: "acme/site", pullRequest: 3 },
    ],
    [
      "Bitbucket Data Center",
      "https://bitbucket.example.com/rest/api/latest",
      {
        CIRCLE_REPOSITORY_URL: "https://bitbucket.example.com/scm/acme/site.git",
        CIRCLE_PULL_REQUEST:
          "https://bitbucket.example.com/projects/ACME/repos/site/pull-requests/3/overview",
      },
      { host: "bitbucket-data-center", repository: "ACME/site", pullRequest: 3 },
    ],
    [
      "Bitbucket Data Center below a path, in a person's own project, cloned by ssh",
      "https://example.com/git/rest/api/1.0",
      {
        CIRCLE_REPOSITORY_URL: "ssh://git@example.com:7999/~ann/site.git",
        CIRCLE_PULL_REQUEST: "https://example.com/git/users/ann/repos/site/pull-requests/3",
      },
      { host: "bitbucket-data-center", repository: "~ann/site", pullRequest: 3 },
    ],
  ])("a server of one's own by one setting: %s", (_, apiUrl, env, where) => {
    const given = { CIRCLE_SHA1: COMMIT, OIDC_REVIEW_API_URL: apiUrl, ...env };
    expect(whereToPost(given)).toEqual({ ...where, apiUrl, commit: COMMIT });
  });

  test("at Bitbucket Data Center the repository is that of the clone's address, with a number", () => {
    const env = {
      CIRCLE_SHA1: COMMIT,
      OIDC_REVIEW_API_URL: "https://bitbucket.example.com/rest/api/latest",
      CIRCLE_REPOSITORY_URL: "https://bitbucket.example.com/scm/acme/site.git",
    };
    expect(whereToPost(env, { pullRequest: "3" })).toMatchObject({ repository: "acme/site", pullRequest: 3 });
  });

  test("a server of one's own gets no token without its setting, nor with that of another server", () => {
    const page = "https://bitbucket.example.com/projects/ACME/repos/site/pull-requests/3";
    const env = { CIRCLE_SHA1: COMMIT, CIRCLE_PULL_REQUEST: page };
    expect(errorOf(env)).toMatchObject({ code: "review-api-not-chosen", found: "bitbucket.example.com" });
    const other = { ...env, OIDC_REVIEW_API_URL: "https://other.example.com/rest/api/latest" };
    expect(errorOf(other)).toMatchObject({ code: "review-api-elsewhere", found: "other.example.com" });
  });

  test.each([
    [
      "a number and a repository",
      { host: "github", repository: "acme/other", pullRequest: "7" },
      { repository: "acme/other", pullRequest: 7 },
    ],
    [
      "the page",
      { pullRequest: "https://github.com/acme/else/pull/9" },
      { repository: "acme/else", pullRequest: 9 },
    ],
    ["a number alone", { pullRequest: "8" }, { repository: "acme/site", pullRequest: 8 }],
    ["a commit", { commit: "f".repeat(64) }, { commit: "f".repeat(64) }],
    [
      "a merge request",
      { pullRequest: "https://gitlab.com/a/b/c/-/merge_requests/4" },
      { host: "gitlab", repository: "a/b/c", pullRequest: 4 },
    ],
  ])("explicit options take precedence: %s", (_, options, expected) => {
    const env = { ...GITHUB, CIRCLE_REPOSITORY_URL: "https://github.com/acme/site" };
    expect(whereToPost(env, options)).toMatchObject(expected);
  });

  test.each([
    [
      "a pipeline of a branch",
      { CIRCLE_SHA1: COMMIT, CIRCLE_REPOSITORY_URL: "https://github.com/acme/site" },
    ],
    ["nothing set", {}],
    [
      "an empty pipeline value",
      { CIRCLE_SHA1: COMMIT, CIRCLE_PULL_REQUEST: "<nil>", CIRCLE_PROJECT_USERNAME: "acme" },
    ],
  ])("%s: nowhere, without an error", (_, env) => {
    expect(whereToPost(env)).toEqual({
      none: "this pipeline has no pull request: CIRCLE_PULL_REQUEST is not set",
    });
  });

  test("without a repository for GitLab, the message says how to set it", () => {
    const none = expect.stringContaining("pipeline.project.git_url");
    expect(whereToPost({ CIRCLE_SHA1: COMMIT }, { host: "gitlab" })).toEqual({ none });
  });

  test("a pull request of another repository is not written to: a plan may be private", () => {
    const env = { ...GITHUB, CIRCLE_REPOSITORY_URL: "https://github.com/acme/private-fork" };
    expect(whereToPost(env)).toEqual({ none: expect.stringContaining("github.com/acme/site") });
    expect(whereToPost(env, { pullRequest: GITHUB.CIRCLE_PULL_REQUEST })).toMatchObject({
      repository: "acme/site",
    });
  });

  test.each([
    ["review-pull-request", { ...GITHUB, CIRCLE_PULL_REQUEST: "https://github.com/acme/site/issues/12" }, {}],
    ["review-pull-request", GITHUB, { pullRequest: "twelve" }],
    ["review-pull-request", GITHUB, { pullRequest: "0" }],
    ["review-repository", GITHUB, { repository: "../../orgs/acme" }],
    ["review-repository", GITHUB, { host: "github", repository: "acme/site/other", pullRequest: "1" }],
    ["review-repository", {}, { repository: "acme/site", pullRequest: "1" }],
    ["review-host", GITHUB, { host: "sourcehut" }],
    ["review-commit", { ...GITHUB, CIRCLE_SHA1: "abc123" }, {}],
    ["review-commit-unknown", { CIRCLE_PULL_REQUEST: GITHUB.CIRCLE_PULL_REQUEST }, {}],
    ["review-api-url", GITHUB, { apiUrl: "http://api.github.com" }],
    ["review-api-url", GITHUB, { apiUrl: "https://user:secret@api.github.com" }],
    ["review-api-url", GITHUB, { apiUrl: "api.github.com" }],
  ])("%s", (code, env, options) => {
    expect(errorOf(env, options)).toMatchObject({ code, exitCode: 2 });
  });

  test("an address with a password in it is not shown", () => {
    expect(JSON.stringify(errorOf(GITHUB, { apiUrl: "https://user:secret@api.github.com" }))).not.toContain(
      "secret",
    );
  });
});

describe("a token is sent only to a known API or a chosen one", () => {
  const at = (site: string): NodeJS.ProcessEnv => ({
    CIRCLE_SHA1: COMMIT,
    CIRCLE_PULL_REQUEST: `https://${site}/acme/site/pull/1`,
  });

  test.each([
    "github.example.com",
    "github.com.evil.example",
    "api.github.com",
    "acme.ghe.com",
    "github.com:8443",
    "gitlab.com",
    "constructor",
  ])("a pull request at %s is an error until its API is named", (site) => {
    expect(errorOf(at(site))).toMatchObject({ code: "review-api-not-chosen", found: site, exitCode: 2 });
  });

  test.each([
    ["github.example.com", "https://github.example.com/api/v3"],
    ["github.example.com:8443", "https://github.example.com:8443/api/v3/"],
    ["acme.ghe.com", "https://api.acme.ghe.com"],
    ["github.com", "https://api.github.com"],
    ["github.com", "http://127.0.0.1:1234/api/v3"],
  ])("at %s with %s it goes there", (site, api) => {
    const where = {
      host: "github",
      apiUrl: api.replace(/\/$/, ""),
      repository: "acme/site",
      pullRequest: 1,
      commit: COMMIT,
    };
    expect(whereToPost(at(site), { apiUrl: api })).toEqual(where);
    expect(whereToPost({ ...at(site), OIDC_REVIEW_API_URL: api })).toEqual(where);
  });

  test.each([
    ["github.com", "https://github.example.com/api/v3"],
    ["evil.example", "https://github.example.com/api/v3"],
    ["github.example.com", "https://evil.example/api/v3"],
    ["evil.example", "https://api.github.com"],
  ])("a pull request at %s does not get what is meant for %s", (site, api) => {
    expect(errorOf({ ...at(site), OIDC_REVIEW_API_URL: api })).toMatchObject({
      code: "review-api-elsewhere",
      exitCode: 2,
    });
  });

  test("without --api-url the API is one of three, in any environment", () => {
    const path = fc.array(fc.stringMatching(/^[\w.~%:@+-]{1,8}$/), { maxLength: 4 });
    const text = fc.oneof(
      fc.tuple(fc.domain(), path).map(([site, parts]) => `https://${[site, ...parts].join("/")}`),
      fc.string(),
      fc.constantFrom(
        "https://github.com/a/b/pull/1",
        "https://bitbucket.org/a/b/pull-requests/1",
        "git@gitlab.com:a/b.git",
        "https://evil.example/a/b/pull/1",
      ),
    );
    const env = fc.record(
      {
        CIRCLE_PULL_REQUEST: text,
        CIRCLE_PULL_REQUESTS: text,
        CIRCLE_REPOSITORY_URL: text,
        CIRCLE_PROJECT_USERNAME: text,
        CIRCLE_PROJECT_REPONAME: text,
        CIRCLE_SHA1: fc.constant(COMMIT),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(env, (some) => {
        const found = errorOf(some);
        if (found instanceof ProjectError) return;
        const apis = ["https://api.github.com", "https://gitlab.com/api/v4", "https://api.bitbucket.org/2.0"];
        expect(found).toEqual({ whereToPost: expect.objectContaining({}) });
        const where = whereToPost(some);
        if (!("none" in where)) expect(apis).toContain(where.apiUrl);
      }),
    );
  });
});

describe("the order of runs", () => {
  test.each([
    ["pipeline, then job", { CIRCLE_PIPELINE_NUMBER: "12", CIRCLE_BUILD_NUM: "345" }, undefined, [12, 345]],
    ["the job alone", { CIRCLE_BUILD_NUM: "345" }, undefined, [0, 345]],
    [
      "an empty pipeline value",
      { CIRCLE_PIPELINE_NUMBER: "<nil>", CIRCLE_BUILD_NUM: "345" },
      undefined,
      [0, 345],
    ],
    ["an explicit number", { CIRCLE_BUILD_NUM: "345" }, "7.8", [7, 8]],
  ])("%s", (_, env, said, order) => {
    expect(runOrder(env, said)).toEqual(order);
  });

  test.each([
    ["review-run-unknown", {}, undefined],
    ["review-run", { CIRCLE_BUILD_NUM: "12a" }, undefined],
    ["review-run", {}, "1..2"],
    ["review-run", {}, "-1"],
  ])("%s", (code, env, said) => {
    expect(() => runOrder(env, said)).toThrow(expect.objectContaining({ code, exitCode: 2 }));
  });
});
