import type { Grant } from "../../../../lib/config/model/model";
import { providerArn } from "../../../../lib/iam/language/arns";
import { writeTrustPolicy } from "../../../../lib/iam/write/trust/trust-policy";
import {
  aGrant,
  alice,
  anAccount,
  anyRef,
  anyRefOrNone,
  bob,
  everyone,
  only,
  organization,
  refs,
} from "../../../fixtures/access";
import { isMeant, type Token, tokenWith, v1, v2 } from "../../meaning";
import { allowedTokens } from "../../reference-matcher";

const OTHER_OWNER = "deadbeef-0000-4000-8000-000000000000";
const OTHER_ORGANIZATION = "11111111-2222-4333-8444-555555555555";
const OTHER_PROJECT = "99999999-8888-4777-8666-555555555555";
const WALK_THROUGH = "x/vcs-origin/github.com/acme/website/vcs-ref/refs/heads/main";

type Case = readonly [what: string, token: Token];

function letsIn(grant: Grant, token: Token): boolean {
  const provider = providerArn(anAccount(), grant);
  return allowedTokens(writeTrustPolicy(grant, provider, 2_048), provider, token);
}

/** Names the grant, what comes in, and, beside it, what nearly does. */
function describeGrant(name: string, grant: Grant, inside: readonly Case[], outside: readonly Case[]): void {
  describe(name, () => {
    test.each(inside)("allows %s", (_, token) => {
      expect({ policy: letsIn(grant, token), meaning: isMeant(grant, token) }).toEqual({
        policy: true,
        meaning: true,
      });
    });
    test.each(outside)("denies %s", (_, token) => {
      expect({ policy: letsIn(grant, token), meaning: isMeant(grant, token) }).toEqual({
        policy: false,
        meaning: false,
      });
    });
  });
}

function branch(name: string, user = alice.id): Token {
  return tokenWith(v2({ user, ref: `refs/heads/${name}` }));
}

/** What no grant for this project and organization may ever let in. */
const neverIn: readonly Case[] = [
  ["another organization's project", tokenWith(v2({ organization: OTHER_ORGANIZATION }))],
  [
    "the same subject from another organization's issuer",
    tokenWith(v2(), { iss: `https://oidc.circleci.com/org/${OTHER_ORGANIZATION}` }),
  ],
  ["the same subject from the shared root issuer", tokenWith(v2(), { iss: "https://oidc.circleci.com" })],
  ["another project", tokenWith(v2({ project: OTHER_PROJECT }))],
  ["another audience", tokenWith(v2(), { aud: "sts.amazonaws.com" })],
  ["an audience with the same beginning", tokenWith(v2(), { aud: `${organization.audience}x` })],
  ["an empty audience", tokenWith(v2(), { aud: "" })],
  ["a fork", tokenWith(v2({ origin: "github.com/mallory/website" }))],
  ["a fork whose owner ends in ours", tokenWith(v2({ origin: "github.com/not-acme/website" }))],
  ["a repository whose name begins with ours", tokenWith(v2({ origin: "github.com/acme/website-2" }))],
  ["a repository with a longer path", tokenWith(v2({ origin: "github.com/acme/website/fork" }))],
  ["the repository in another letter case", tokenWith(v2({ origin: "github.com/Acme/website" }))],
  [
    "a fork's branch that contains our own subject",
    tokenWith(v2({ origin: "github.com/mallory/website", ref: `refs/heads/${WALK_THROUGH}` })),
  ],
  ["the audit log's subject", tokenWith(`org/${organization.id}/file-streaming/audit-logs`)],
  ["a user ID that is too long", tokenWith(v2({ user: `${alice.id}0` }))],
  ["a user ID that is too short", tokenWith(v2({ user: alice.id.slice(1) }))],
  ["a subject with text before it", tokenWith(`x${v2()}`)],
  ["the project alone", tokenWith(v1().slice(0, -alice.id.length))],
  ["an empty subject", tokenWith("")],
];

describeGrant(
  "alice, branch main",
  aGrant({ people: only(alice), refs: refs({ branches: ["main"] }) }),
  [["alice on main", branch("main")]],
  [
    ...neverIn,
    ["bob on main", branch("main", bob.id)],
    ["another user on main", branch("main", OTHER_OWNER)],
    ["alice on another branch", branch("develop")],
    ["alice on Main", branch("Main")],
    ["alice on a branch that begins with main", branch("main2")],
    ["alice on a branch that ends in main", branch("not-main")],
    ["alice on a branch below main", branch("main/x")],
    ["alice on a branch that ends in /main", branch("x/main")],
    ["alice on a branch that bypasses a wildcard", branch(WALK_THROUGH)],
    ["alice on a branch that bypasses CircleCI's documented pin", branch("x/vcs-ref/refs/heads/main")],
    ["alice on a tag called main", tokenWith(v2({ ref: "refs/tags/main" }))],
    ["alice on a ref called main", tokenWith(v2({ ref: "main" }))],
    ["alice's V1 token", tokenWith(v1())],
    ["alice's token with an empty ref", tokenWith(v2({ ref: "" }))],
  ],
);

describeGrant(
  "everyone, branch main",
  aGrant({ people: everyone, refs: refs({ branches: ["main"] }) }),
  [
    ["alice on main", branch("main")],
    ["another user on main", branch("main", OTHER_OWNER)],
  ],
  [
    ...neverIn,
    ["a branch that begins with main", branch("main2")],
    ["a branch that ends in /main", branch("x/main")],
    ["a branch that bypasses a wildcard", branch(WALK_THROUGH)],
    ["a branch that bypasses CircleCI's documented pin", branch("x/vcs-ref/refs/heads/main")],
    ["a tag called main", tokenWith(v2({ ref: "refs/tags/main" }))],
    ["a V1 token", tokenWith(v1())],
  ],
);

describeGrant(
  "alice, tag v1",
  aGrant({ refs: refs({ tags: ["v1"] }) }),
  [["the tag", tokenWith(v2({ ref: "refs/tags/v1" }))]],
  [
    ["a branch called v1", branch("v1")],
    ["the tag v1.1", tokenWith(v2({ ref: "refs/tags/v1.1" }))],
    ["a branch called refs/tags/v1", branch("refs/tags/v1")],
    ["alice's V1 token", tokenWith(v1())],
  ],
);

describeGrant(
  "everyone, branches release/* and tags v*",
  aGrant({ people: everyone, refs: refs({ branches: ["release/*"], tags: ["v*"] }) }),
  [
    ["a release", branch("release/1")],
    ["a release with slashes", branch("release/1/hot/fix")],
    ["a release that contains another ref", branch(`release/${WALK_THROUGH}`)],
    ["a version", tokenWith(v2({ ref: "refs/tags/v1" }))],
  ],
  [
    ...neverIn,
    ["the branch release", branch("release")],
    ["the branch releases/1", branch("releases/1")],
    ["a branch with release/ in the middle", branch("x/release/1")],
    ["a branch that starts like a version", branch("v1")],
    ["a tag that starts like a release", tokenWith(v2({ ref: "refs/tags/release/1" }))],
    ["a pull request's ref", tokenWith(v2({ ref: "refs/pull/1/head" }))],
  ],
);

const FORK = "github.com/mallory/website";

describeGrant(
  "alice, any ref",
  aGrant({ people: only(alice), refs: anyRef }),
  [
    ["main", branch("main")],
    ["a hostile branch name of our own repository", branch(WALK_THROUGH)],
    ["a tag", tokenWith(v2({ ref: "refs/tags/v1" }))],
    ["a pull request's ref", tokenWith(v2({ ref: "refs/pull/1/head" }))],
  ],
  [
    ...neverIn,
    ["bob on main", branch("main", bob.id)],
    ["alice's V1 token, which her jobs for forks also have", tokenWith(v1())],
    ["bob's V1 token", tokenWith(v1({ user: bob.id }))],
    ["a V1 token with text after it", tokenWith(`${v1()}/`)],
    ["a V1 token whose origin has no ref", tokenWith(`${v1()}/vcs-origin/github.com/acme/website`)],
  ],
);

describeGrant(
  "everyone, any ref",
  aGrant({ people: everyone, refs: anyRef }),
  [
    ["another user on any branch", branch("x", OTHER_OWNER)],
    ["another user on a tag", tokenWith(v2({ user: OTHER_OWNER, ref: "refs/tags/v1" }))],
  ],
  [
    ...neverIn,
    ["another user's V1 token", tokenWith(v1({ user: OTHER_OWNER }))],
    ["another user's fork", tokenWith(v2({ user: OTHER_OWNER, origin: FORK }))],
    ["a V1 token of another project", tokenWith(v1({ project: OTHER_PROJECT }))],
  ],
);

describeGrant(
  "alice, any ref and tokens without an origin",
  aGrant({ people: only(alice), refs: anyRefOrNone }),
  [
    ["main", branch("main")],
    ["a hostile branch name of our own repository", branch(WALK_THROUGH)],
    ["a V1 token", tokenWith(v1())],
  ],
  [
    ...neverIn,
    ["bob on main", branch("main", bob.id)],
    ["bob's V1 token", tokenWith(v1({ user: bob.id }))],
    ["a V1 token with text after it", tokenWith(`${v1()}/`)],
    ["a V1 token of another project", tokenWith(v1({ project: OTHER_PROJECT }))],
  ],
);

describeGrant(
  "everyone, any ref and tokens without an origin",
  aGrant({ people: everyone, refs: anyRefOrNone }),
  [
    ["another user on any branch", branch("x", OTHER_OWNER)],
    ["another user's V1 token", tokenWith(v1({ user: OTHER_OWNER }))],
  ],
  [
    ...neverIn,
    ["another user's V2 token of a fork", tokenWith(v2({ user: OTHER_OWNER, origin: FORK }))],
    ["a V1 token of another project", tokenWith(v1({ project: OTHER_PROJECT }))],
  ],
);
