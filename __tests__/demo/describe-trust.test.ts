import { describeTrust } from "../../lib/demo/describe-trust";
import { describeAccount } from "../../lib/demo/tables";
import { ALICE_ON_MAIN, access, live, trust } from "./live";

const ORGANIZATION = "6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11";
const PROJECT = "77c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f03";
const ANYONE = `org/${ORGANIZATION}/project/${PROJECT}/user/????????-????-????-????-????????????`;

const read = (policy: string) => describeTrust(policy, { organization: ORGANIZATION }, ORGANIZATION);

test("says who comes in and from where", () => {
  expect(read(trust([ALICE_ON_MAIN, ANYONE]))).toEqual([
    {
      user: "0b6ad1c5-93a4-4a39-8f3f-2d1f2f0c7a01",
      project: PROJECT,
      from: "github.com/acme/website refs/heads/main",
    },
    { user: "anyone", project: PROJECT, from: "no ref" },
  ]);
});

test.each([
  ["a subject with a star for the user", trust(ALICE_ON_MAIN.replace(/user\/[^/]+/, "user/*"))],
  ["a subject with a star for the origin", trust(ALICE_ON_MAIN.replace("acme/website", "acme/*"))],
  ["another organization's subject", trust(ALICE_ON_MAIN.replace(ORGANIZATION, PROJECT))],
  ["another audience", trust(ALICE_ON_MAIN, "x")],
  ["no subject", trust(undefined)],
  ["two statements", JSON.stringify({ Statement: [{}, {}] })],
  ["no statement", "{}"],
])("does not talk about what it cannot read: %s", (_, policy) => {
  expect(() => read(policy)).toThrow();
});

test("the tables name people, not ids, and say loudly what is not safe", () => {
  const text = describeAccount(access, live);
  expect(text).toMatch(/website-deploy +│ alice +│ github.com\/acme\/website refs\/heads\/main/);
  expect(text).not.toContain("NOT");
  const open = live.buckets.map((one) => ({
    ...one,
    publicAccessBlocked: false,
    versioned: false,
    policy: "{}",
  }));
  expect(describeAccount(access, { ...live, buckets: open })).toMatch(/NOT BLOCKED.*NOT KEPT.*NOT REFUSED/);
});
