import { askRole } from "../../../../dev/demo/tokens/ask-role";
import type { TokenRequest } from "../../../../dev/sandbox/circleci/token-request";
import type { GrantedRefs } from "../../../../lib/config/model/model";
import { printPolicy } from "../../../../lib/iam/language/document";
import { trustPolicyOf } from "../../../../lib/iam/write/trust/trust-policy";
import { aGrant, anyRef, anyRefOrNone, aRole, everyone, only, refs } from "../../../fixtures/access";
import { aliceOnMain, onMain, policy, TestSandbox } from "../test-sandbox";

// Plain HTTP requests to the local AWS, as anyone with a token can send them, for roles with the
// trust policies of this project.
const world = new TestSandbox();
const STRANGER = "deadbeef-0000-4000-8000-000000000000";
const alice = { name: "alice", id: aliceOnMain.user };

const ROLES: Readonly<Record<string, { readonly people?: typeof everyone; readonly refs: GrantedRefs }>> = {
  "website-preview": { refs: anyRef },
  "website-nightly": { refs: anyRefOrNone },
  "website-hers": { people: only(alice), refs: anyRefOrNone },
  "website-main": { refs: refs({ branches: ["main"] }) },
};

const arns = new Map<string, string>();
beforeAll(async () => {
  await world.start();
  for (const [name, { people = everyone, refs }] of Object.entries(ROLES)) {
    const role = aRole({ name, grant: aGrant({ people, refs }) });
    const trust: object = JSON.parse(printPolicy(trustPolicyOf(role)));
    arns.set(
      name,
      await world.createRole(name, policy({ Effect: "Deny", Action: "*", Resource: "*" }), { trust }),
    );
  }
});
afterAll(() => world.stop());

const fork: TokenRequest = {
  ...aliceOnMain,
  user: STRANGER,
  source: { origin: "github.com/mallory/website", ref: "refs/heads/x" },
};
const { source: _, ...webhook } = aliceOnMain;
const onBranch: TokenRequest = { ...aliceOnMain, source: { ...onMain, ref: "refs/heads/x" } };

/** The results of the two tokens of a job, V2 first. */
async function bothOf(role: string, job: TokenRequest): Promise<readonly string[]> {
  const answers: string[] = [];
  for (const version of [2, 1] as const) {
    const token = await world.sandbox.circleCi.mint({ ...job, version });
    const answer = await askRole(world.sandbox.endpoint, arns.get(role) ?? "", token);
    answers.push(answer.allowed ? "allowed" : answer.code);
  }
  return answers;
}

const [YES, NO] = ["allowed", "AccessDenied"];

test.each<[what: string, role: string, job: TokenRequest, v2: string | undefined, v1: string | undefined]>([
  ["another user's fork", "website-preview", fork, NO, NO],
  ["another user's fork", "website-nightly", fork, NO, YES],
  ["another user's fork", "website-hers", fork, NO, NO],
  ["another user's fork", "website-main", fork, NO, NO],
  ["alice's job of a fork", "website-preview", { ...fork, user: alice.id }, NO, NO],
  ["alice's job of a fork", "website-hers", { ...fork, user: alice.id }, NO, YES],
  ["a branch of the repository", "website-preview", onBranch, YES, NO],
  ["a branch of the repository", "website-nightly", onBranch, YES, YES],
  ["a branch of the repository", "website-main", onBranch, NO, NO],
  ["main of the repository", "website-main", aliceOnMain, YES, NO],
  ["a custom webhook", "website-preview", webhook, NO, NO],
  ["a custom webhook", "website-nightly", webhook, YES, YES],
  ["a custom webhook", "website-main", webhook, NO, NO],
])("%s, %s", async (_, role, job, v2, v1) => {
  expect(await bothOf(role, job)).toEqual([v2, v1]);
});
