import { describeIssuer, describeProvider, withoutOrganizationIds } from "../../lib/describe/issuer";
import { plainText } from "../../lib/describe/phrase";

const OWN = "6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11";
const STRANGER = "77c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f03";
const of = (id: string) => `oidc.circleci.com/org/${id}`;

// A stranger's organization is never called by the name of one's own, nor by none.
test.each([
  ["the one organization of the file", of(OWN), [{ id: OWN }], "the CircleCI organization of access.yaml"],
  [
    "one of several",
    of(OWN),
    [
      { id: STRANGER, key: "labs" },
      { id: OWN, key: "acme" },
    ],
    "CircleCI organization acme",
  ],
  ["a stranger's", of(STRANGER), [{ id: OWN }], `another CircleCI organization, ${STRANGER}`],
  ["without a file", of(OWN), undefined, `CircleCI organization ${OWN}`],
  [
    "the issuer that all share",
    "oidc.circleci.com",
    [{ id: OWN }],
    "every CircleCI organization (oidc.circleci.com)",
  ],
  [
    "of a server",
    `ci.acme.example/org/${OWN}`,
    [{ id: OWN, server: "ci.acme.example" }],
    "the CircleCI organization of access.yaml",
  ],
  [
    "of a server that is not in the file",
    `ci.acme.example/org/${OWN}`,
    [{ id: OWN }],
    `ci.acme.example/org/${OWN}`,
  ],
  ["GitHub's", "token.actions.githubusercontent.com", [], "GitHub Actions"],
  [
    "a host that looks like GitHub's",
    "token.actions.githubusercontent.com.evil.example",
    [],
    "token.actions.githubusercontent.com.evil.example",
  ],
])("%s", (_, host, organizations, words) => {
  expect(plainText(describeIssuer(host, organizations))).toBe(words);
});

test("in a headline an organization has no id, and a stranger's stays a stranger's", () => {
  const short = (host: string, organizations: Parameters<typeof describeIssuer>[1]) =>
    plainText(withoutOrganizationIds(describeProvider(host, organizations)));
  expect(short(of(OWN), [{ id: OWN }])).toBe("CircleCI's OIDC provider");
  expect(short(of(STRANGER), [{ id: OWN }])).toBe("the OIDC provider of another CircleCI organization");
  expect(short(of(OWN), undefined)).toBe("the OIDC provider of a CircleCI organization");
});
