import type { Access, AnyRole } from "../../../lib/config/model/model";
import { checkForkSecrets } from "../../../lib/start/doctor/checks/fork-secrets";
import { CircleState, type FakeCircleCI, serveCircleCI } from "../../circleci/api-server";
import {
  aGrant,
  alice,
  anAccess,
  anyRef,
  anyRefOrNone,
  aProject,
  aRole,
  organization,
  PROJECT_ID,
  REPOSITORY,
} from "../../fixtures/access";

const accessWith = (...roles: readonly AnyRole[]): Access =>
  anAccess({ projects: [{ ...aProject(), roles }] });
const open = accessWith(aRole({ grant: aGrant({ refs: anyRefOrNone }) }));
const JOB = `org/${organization.id}/project/${PROJECT_ID}/user/`;
const ANYONE = "????????-????-????-????-????????????";

/** A role with a hand-written trust policy that lists these subjects. */
function handWritten(...subjects: readonly string[]): AnyRole {
  const key = `oidc.circleci.com/org/${organization.id}`;
  const text = JSON.stringify({
    Version: "2012-10-17",
    Statement: {
      Effect: "Allow",
      Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${key}` },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: { [`${key}:aud`]: organization.id },
        StringLike: { [`${key}:sub`]: subjects },
      },
    },
  });
  return handWrittenWith(text);
}

function handWrittenWith(text: string): AnyRole {
  const { grant: _, trust: __, terraform: ___, ...body } = aRole();
  return { ...body, trust: { file: "adopted/trust.json", text } };
}

test.each<[string, Access]>([
  ["listed refs", anAccess()],
  ["any ref of the repository", accessWith(aRole({ grant: aGrant({ refs: anyRef }) }))],
  [
    "a hand-written policy that names the repository",
    accessWith(handWritten(`${JOB}${ANYONE}/vcs-origin/${REPOSITORY}/vcs-ref/*`)),
  ],
])(
  "a role that takes only tokens of its own repository is good, and CircleCI is not asked: %s",
  async (_, access) => {
    expect(await checkForkSecrets(access, {})).toEqual([expect.objectContaining({ state: "good" })]);
  },
);

test.each<[string, Access]>([
  ["tokens without an origin", open],
  ["a hand-written policy that takes V1", accessWith(handWritten(`${JOB}${ANYONE}`))],
  ["a hand-written policy that takes any repository", accessWith(handWritten(`${JOB}*`))],
  ["a hand-written policy that cannot be read", accessWith(handWrittenWith("{"))],
])("without a token it is not known, and is not called good: %s", async (_, access) => {
  expect(await checkForkSecrets(access, {})).toEqual([
    expect.objectContaining({
      state: "unknown",
      detail: expect.stringContaining("website/deploy accepts tokens"),
    }),
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

  test("a project that passes secrets to forks is reported with the role that a fork's job can assume", async () => {
    expect(await found({ build_fork_prs: true, forks_receive_secret_env_vars: true })).toMatchObject({
      state: "wrong",
      isHarmless: true,
      detail: expect.stringContaining("code from any fork can assume them"),
    });
  });

  test.each([
    [{ build_fork_prs: true, forks_receive_secret_env_vars: false }],
    [{ build_fork_prs: false, forks_receive_secret_env_vars: true }],
  ])("one that does not is good: %j", async (advanced) => {
    expect(await found(advanced)).toMatchObject({ state: "good" });
  });

  test("a setting that CircleCI does not return is unknown", async () => {
    expect(await found({})).toMatchObject({ state: "unknown" });
  });

  test("an invalid API token leaves the result unknown, and no message contains it", async () => {
    const env = { CIRCLE_TOKEN: "a-token-of-nobody", CIRCLE_URL: circleci.url };
    const [result] = await checkForkSecrets(open, env);
    expect(result?.state).toBe("unknown");
    expect(JSON.stringify(result)).not.toContain("a-token-of-nobody");
  });
});
