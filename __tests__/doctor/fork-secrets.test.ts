import { checkForkSecrets } from "../../lib/doctor/checks/fork-secrets";
import { CircleState, type FakeCircleCI, serveCircleCI } from "../circleci/api-server";
import {
  aGrant,
  alice,
  anAccess,
  anyRef,
  aProject,
  aRole,
  organization,
  PROJECT_ID,
} from "../fixtures/access";

const open = anAccess({ projects: [aProject({ roles: [aRole({ grant: aGrant({ refs: anyRef }) })] })] });

test("roles that list their refs take no token without one: CircleCI is not asked", async () => {
  expect(await checkForkSecrets(anAccess(), {})).toEqual([expect.objectContaining({ state: "good" })]);
});

test("without a token it is not known, and is not called good", async () => {
  expect(await checkForkSecrets(open, {})).toEqual([
    expect.objectContaining({ state: "unknown", detail: expect.stringContaining("website") }),
  ]);
});

describe("with a token CircleCI is asked", () => {
  let circleci: FakeCircleCI;
  beforeAll(async () => {
    circleci = await serveCircleCI(new CircleState());
  });
  afterAll(() => circleci.close());

  async function found(advanced: Readonly<Record<string, boolean>>) {
    circleci.state.tokens = { "a-token-of-alice": alice.id };
    circleci.state.projects = [
      {
        slug: "gh/acme/website",
        id: PROJECT_ID,
        name: "website",
        repository: "https://github.com/acme/website",
        organization: { id: organization.id, name: "acme" },
        pipelines: [],
        advanced,
      },
    ];
    const env = { CIRCLE_TOKEN: "a-token-of-alice", CIRCLE_URL: circleci.url };
    const [result] = await checkForkSecrets(open, env);
    return result;
  }

  test("a project that passes secrets to forks is told, with the role that takes tokens from any ref", async () => {
    expect(await found({ build_fork_prs: true, forks_receive_secret_env_vars: true })).toMatchObject({
      state: "wrong",
      isHarmless: true,
      detail: "website passes secrets to pull requests of forks, and deploy may be assumed from any ref",
    });
  });

  test.each([
    [{ build_fork_prs: true, forks_receive_secret_env_vars: false }],
    [{ build_fork_prs: false, forks_receive_secret_env_vars: true }],
  ])("one that does not is good: %j", async (advanced) => {
    expect(await found(advanced)).toMatchObject({ state: "good" });
  });

  test("a setting that CircleCI does not tell is unknown", async () => {
    expect(await found({})).toMatchObject({ state: "unknown" });
  });

  test("a token that CircleCI does not know leaves it unknown, and is in no message", async () => {
    const env = { CIRCLE_TOKEN: "a-token-of-nobody", CIRCLE_URL: circleci.url };
    const [result] = await checkForkSecrets(open, env);
    expect(result?.state).toBe("unknown");
    expect(JSON.stringify(result)).not.toContain("a-token-of-nobody");
  });
});
