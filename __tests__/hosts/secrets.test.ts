import { inspect } from "node:util";
import fc from "fast-check";
import type { HostName } from "../../lib/hosts/host";
import { readSecret } from "../../lib/hosts/secrets";
import { guardedFetch } from "../../lib/http/guarded-fetch";
import { HOSTS } from "./fakes/all-hosts";
import { startGitLab } from "./fakes/fake-gitlab";

const NAMES: Readonly<Record<HostName, string>> = {
  github: "GH_TOKEN",
  gitlab: "GITLAB_TOKEN",
  bitbucket: "BITBUCKET_TOKEN",
  // The same product, as with GitHub Enterprise and GitLab: which server gets it, the address says.
  "bitbucket-data-center": "BITBUCKET_TOKEN",
};

function errorOf(host: HostName, env: NodeJS.ProcessEnv): unknown {
  try {
    return { token: readSecret(host, env) };
  } catch (error) {
    return error;
  }
}

describe("the token to post with", () => {
  test.each([
    ["github", { GITHUB_TOKEN: "ghs_12345678" }, "Bearer ghs_12345678"],
    ["github", { GH_TOKEN: "gho_12345678", GITHUB_TOKEN: "ghs_12345678" }, "Bearer gho_12345678"],
    ["github", { GH_TOKEN: "", GITHUB_TOKEN: "ghs_12345678" }, "Bearer ghs_12345678"],
    ["gitlab", { GITLAB_TOKEN: "glpat-12345678" }, "Bearer glpat-12345678"],
    ["bitbucket", { BITBUCKET_TOKEN: "ATCTT12345678" }, "Bearer ATCTT12345678"],
    [
      "bitbucket-data-center",
      { BITBUCKET_TOKEN: "BBDC-12345678", BITBUCKET_EMAIL: "bot@example.com" },
      "Bearer BBDC-12345678",
    ],
    [
      "bitbucket",
      { BITBUCKET_TOKEN: "ATATT12345678", BITBUCKET_EMAIL: "bot@example.com" },
      `Basic ${Buffer.from("bot@example.com:ATATT12345678").toString("base64")}`,
    ],
  ] as const)("of %s with %p", (host, env, authorization) => {
    expect(readSecret(host, env).authorization).toBe(authorization);
  });

  test.each(HOSTS)("of $name is never the token of another host", ({ name }) => {
    const others = Object.values(NAMES).flatMap((variable) =>
      variable === NAMES[name] ? [] : [[variable, "token-of-another"]],
    );
    expect(errorOf(name, Object.fromEntries(others))).toMatchObject({
      code: "review-token-missing",
      exitCode: 2,
    });
  });

  test.each([
    "token of two words",
    "token-with-a-line-break\n",
    '"quoted token"',
    "short",
    "tökentöken",
    `${"a".repeat(8)}\u0000`,
  ])("is rejected if it is invalid, and not shown: %j", (token) => {
    for (const { name } of HOSTS) {
      const error = errorOf(name, { [NAMES[name]]: token });
      expect(error).toMatchObject({ code: "review-token-malformed", found: NAMES[name], exitCode: 2 });
      expect(inspect(error, { showHidden: true })).not.toContain(token);
    }
  });

  test("is masked in any text: plain, in a URL, in JSON and in Base64", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'aB3/+=_-.~%"\\$&'), minLength: 8, maxLength: 40 }),
        fc.string(),
        (token, around) => {
          const { mask } = readSecret("bitbucket", {
            BITBUCKET_TOKEN: token,
            BITBUCKET_EMAIL: "bot@example.com",
          });
          const pair = Buffer.from(`bot@example.com:${token}`).toString("base64");
          for (const form of [token, encodeURIComponent(token), JSON.stringify(token), pair])
            expect(mask(`${around}${form}${around}`)).not.toContain(form);
        },
      ),
    );
  });
});

describe("the guarded fetch", () => {
  const mask = (text: string): string => text.replaceAll("secret-token", "***");

  test("calls one server only: a call to another is not sent", async () => {
    const [own, other] = [await startGitLab(), await startGitLab()];
    try {
      const send = guardedFetch(own.apiUrl, mask, {});
      for (const address of [
        other.apiUrl,
        own.apiUrl.replace("127.0.0.1", "localhost"),
        own.apiUrl.replace("http:", "https:"),
      ])
        await expect(send(address, { headers: { authorization: "Bearer secret-token" } })).rejects.toThrow(
          "was not sent",
        );
      expect(other.state.asked).toEqual([]);
      expect(own.state.asked).toEqual([]);
    } finally {
      await Promise.all([own.close(), other.close()]);
    }
  });

  test("gives up on a server that is silent", async () => {
    const fake = await startGitLab();
    try {
      fake.state.latency = () => 2_000;
      await expect(guardedFetch(fake.apiUrl, mask, {}, 50)(`${fake.apiUrl}/user`)).rejects.toThrow(
        "the request timed out",
      );
    } finally {
      await fake.close();
    }
  });

  test("a truncated body is a failure, not a short answer", async () => {
    const fake = await startGitLab();
    try {
      fake.state.fail("GET", /user/, "cut");
      await expect(guardedFetch(fake.apiUrl, mask, {})(`${fake.apiUrl}/user`)).rejects.toThrow();
    } finally {
      await fake.close();
    }
  });
});
