import { checkClaims } from "../../../dev/demo/account/check-claims";
import type { LiveAccount, LiveBucket, LiveRole } from "../../../dev/demo/account/read-back";
import { ALICE_ON_MAIN, access, live, trust } from "./live";

test("an account that matches the file has no difference", () => {
  expect(checkClaims(access, live)).toEqual([]);
});

test("an account without roles still has a provider, for the organization's own audience", () => {
  const [state] = live.buckets.map((found) => ({
    ...found,
    objects: ["main-identity.tfstate", "main-state.tfstate"],
  }));
  if (state === undefined) throw new Error("no bucket");
  const bare = { ...live, roles: [], buckets: [state] };
  expect(checkClaims({ ...access, projects: [] }, bare)).toEqual([]);
  const other = bare.providers.map((provider) => ({ ...provider, audiences: ["sts.amazonaws.com"] }));
  expect(checkClaims({ ...access, projects: [] }, { ...bare, providers: other })).toHaveLength(2);
});

const role = (differences: Partial<LiveRole>): LiveAccount => ({
  ...live,
  roles: live.roles.map((found) => ({ ...found, ...differences })),
});

const site = (differences: Partial<LiveBucket>): LiveAccount => ({
  ...live,
  buckets: live.buckets.map((found) =>
    found.name === "acme-website" ? { ...found, ...differences } : found,
  ),
});

const states = (objects: readonly string[]): LiveAccount => ({
  ...live,
  buckets: live.buckets.map((found) =>
    found.name === "acme-terraform-state" ? { ...found, objects } : found,
  ),
});

const unsafe = "bucket acme-website is not private, versioned, encrypted and TLS only";

test.each<[string, LiveAccount, string]>([
  ["no provider", { ...live, providers: [] }, "provider missing: "],
  [
    "another organization's provider",
    {
      ...live,
      providers: [
        ...live.providers,
        { arn: "x", url: "oidc.circleci.com", audiences: ["6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11"] },
      ],
    },
    "provider not declared in access.yaml: oidc.circleci.com",
  ],
  [
    "another audience",
    { ...live, providers: live.providers.map((one) => ({ ...one, audiences: [...one.audiences, "x"] })) },
    "audience of the provider not declared in access.yaml: x",
  ],
  ["no role", { ...live, roles: [] }, "role missing: website-deploy"],
  [
    "an additional role",
    { ...live, roles: [...live.roles, { name: "back-door", arn: "x", trust: "{}", inlinePolicies: [] }] },
    "role not declared in access.yaml: back-door",
  ],
  [
    "one more branch",
    role({ trust: trust([ALICE_ON_MAIN, `${ALICE_ON_MAIN}x`]) }),
    "role website-deploy: its trust policy differs",
  ],
  [
    "no audience condition",
    role({ trust: trust(ALICE_ON_MAIN, "x") }),
    "role website-deploy: its trust policy differs",
  ],
  [
    "an additional policy",
    role({ inlinePolicies: ["bucket", "x"] }),
    "policy of role website-deploy not declared in access.yaml: x",
  ],
  ["a missing policy", role({ inlinePolicies: [] }), "policy of role website-deploy missing: bucket"],
  ["an open bucket", site({ publicAccessBlocked: false }), unsafe],
  ["a bucket without versions", site({ versioned: false }), unsafe],
  ["a bucket without encryption", site({ encryption: "none" }), unsafe],
  ["a bucket that allows requests without TLS", site({ policy: "{}" }), unsafe],
  ["a bucket without any policy", site({ policy: "" }), unsafe],
  ["no bucket", { ...live, buckets: live.buckets.slice(0, 1) }, "bucket missing: acme-website"],
  [
    "no state",
    states(["main-identity.tfstate", "main-state.tfstate"]),
    "object in acme-terraform-state missing: main-website.tfstate",
  ],
  [
    "a remaining lock",
    states([
      "main-identity.tfstate",
      "main-state.tfstate",
      "main-website.tfstate",
      "main-website.tfstate.tflock",
    ]),
    "object in acme-terraform-state not declared in access.yaml: main-website.tfstate.tflock",
  ],
])("%s is reported", (_, account, finding) => {
  expect(checkClaims(access, account)).toEqual([expect.stringContaining(finding)]);
});
