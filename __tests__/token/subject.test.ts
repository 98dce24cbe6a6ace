import { issuerHost, issuerUrl } from "../../lib/token/issuer";
import { printV1Subject, printV2Subject, UUID_LENGTH } from "../../lib/token/subject";

const ORGANIZATION = "6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11";
const job = {
  organization: ORGANIZATION,
  project: "77c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f03",
  user: "0b6ad1c5-93a4-4a39-8f3f-2d1f2f0c7a01",
};
const V1 =
  "org/6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11/project/77c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f03/user/0b6ad1c5-93a4-4a39-8f3f-2d1f2f0c7a01";

/** CircleCI docs, "Using OpenID Connect tokens in jobs", format of the token. */
describe("a subject", () => {
  test("V1: organization, project, user", () => {
    expect(printV1Subject(job)).toBe(V1);
  });

  test("V2: V1, then origin and ref", () => {
    expect(printV2Subject(job, { origin: "github.com/acme/website", ref: "refs/heads/main" })).toBe(
      `${V1}/vcs-origin/github.com/acme/website/vcs-ref/refs/heads/main`,
    );
  });

  test("V2 contains any ref unchanged, hostile or not", () => {
    const ref = "refs/heads/x/vcs-origin/github.com/acme/website/vcs-ref/refs/heads/main";
    expect(printV2Subject(job, { origin: "github.com/acme/website", ref })).toBe(
      `${V1}/vcs-origin/github.com/acme/website/vcs-ref/${ref}`,
    );
  });

  test("ids have the width of a UUID", () => {
    expect(UUID_LENGTH).toBe(crypto.randomUUID().length);
  });
});

test("the issuer is the organization's own, never the shared root", () => {
  expect(issuerUrl({ organization: ORGANIZATION })).toBe(`https://oidc.circleci.com/org/${ORGANIZATION}`);
  expect(issuerHost({ organization: ORGANIZATION })).toBe(`oidc.circleci.com/org/${ORGANIZATION}`);
});
