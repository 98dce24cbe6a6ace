import fc from "fast-check";
import { conditionKeys } from "../../lib/token/claims";
import { parseSubject, type Subject } from "../../lib/token/parse-subject";
import { printV1Subject, printV2Subject } from "../../lib/token/subject";

const [ORGANIZATION, PROJECT, USER] = [
  "6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11",
  "77c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f03",
  "0b6ad1c5-93a4-4a39-8f3f-2d1f2f0c7a01",
];
const V1 = `org/${ORGANIZATION}/project/${PROJECT}/user/${USER}`;
const job = { organization: ORGANIZATION, project: PROJECT, user: USER };

function print(subject: Subject): string {
  if (subject.kind === "audit-logs") return `org/${subject.organization}/file-streaming/audit-logs`;
  return subject.source === undefined
    ? printV1Subject(subject.job)
    : printV2Subject(subject.job, subject.source);
}

describe("a subject", () => {
  test("of V1", () => {
    expect(parseSubject(V1)).toEqual({ kind: "job", job });
  });

  test("of V2", () => {
    expect(parseSubject(`${V1}/vcs-origin/github.com/acme/website/vcs-ref/refs/heads/main`)).toEqual({
      kind: "job",
      job,
      source: { origin: "github.com/acme/website", ref: "refs/heads/main" },
    });
  });

  test("whose branch is named after a subject: the origin ends at the first /vcs-ref/", () => {
    const ref = "refs/heads/x/vcs-origin/github.com/acme/website/vcs-ref/refs/heads/main";
    const { source } = {
      source: undefined,
      ...parseSubject(`${V1}/vcs-origin/github.com/acme/fork/vcs-ref/${ref}`),
    };
    expect(source).toEqual({ origin: "github.com/acme/fork", ref });
  });

  test("of audit logs, which belongs to no job", () => {
    const text = `org/${ORGANIZATION}/file-streaming/audit-logs`;
    expect(parseSubject(text)).toEqual({ kind: "audit-logs", organization: ORGANIZATION });
  });

  test.each([
    "",
    V1.toUpperCase(),
    `${V1}/`,
    `${V1} `,
    `${V1}/vcs-origin/github.com/acme/website`,
    `${V1}/vcs-origin//vcs-ref/refs/heads/main`,
    `${V1}/vcs-origin/github.com/acme/website/vcs-ref/`,
    V1.replace("/user/", "/users/"),
    V1.slice(0, -1),
    `org/${ORGANIZATION}/file-streaming/audit-logs/x`,
  ])("that CircleCI does not issue is plain text: %j", (text) => {
    expect(parseSubject(text)).toBeUndefined();
  });

  test("is parsed into the parts that it was printed from", () => {
    const uuid = fc.uuid();
    const ref = fc.string({ minLength: 1 });
    const origin = fc
      .string({ minLength: 1 })
      .filter((one) => !`${one}/vcs-ref/`.slice(0, -1).includes("/vcs-ref/"));
    const subject: fc.Arbitrary<Subject> = fc.oneof(
      uuid.map((organization) => ({ kind: "audit-logs" as const, organization })),
      fc.record({
        kind: fc.constant("job" as const),
        job: fc.record({ organization: uuid, project: uuid, user: uuid }),
      }),
      fc.record({
        kind: fc.constant("job" as const),
        job: fc.record({ organization: uuid, project: uuid, user: uuid }),
        source: fc.record({ origin, ref }),
      }),
    );
    fc.assert(fc.property(subject, (one) => expect(parseSubject(print(one))).toEqual(one)));
  });
});

test("STS sets condition keys for three claims, and none for claims unknown to AWS", () => {
  const host = `oidc.circleci.com/org/${ORGANIZATION}`;
  const claims = {
    iss: `https://${host}`,
    aud: ORGANIZATION,
    sub: V1,
    "oidc.circleci.com/project-id": PROJECT,
    "oidc.circleci.com/vcs-ref": "refs/heads/main",
    "oidc.circleci.com/ssh-rerun": true,
  };
  expect(conditionKeys(claims)).toEqual([
    [`${host}:aud`, ORGANIZATION],
    [`${host}:sub`, V1],
    [`${host}:oidc.circleci.com/project-id`, PROJECT],
  ]);
  expect(conditionKeys({ iss: `https://${host}` })).toEqual([]);
});
