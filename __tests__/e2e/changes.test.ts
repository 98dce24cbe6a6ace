import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  DeleteRolePolicyCommand,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { AccountReader } from "../../dev/e2e/account";
import { changesOf, type PlanJson } from "../../dev/e2e/plan";
import { startWorld } from "../../dev/e2e/start-world";
import { edited, talk } from "../../dev/e2e/talk";
import { deployRole } from "../../dev/e2e/talk-objects";
import type { World } from "../../dev/e2e/world";
import { plainText } from "../../lib/describe/phrase";
import { repositoryRoot } from "../../lib/programs/cache";
import { readAccess } from "../../lib/project/read-access";
import { printMarkdown } from "../../lib/report/markdown/report";
import type { Review } from "../../lib/report/model/review";
import { reviewPlan } from "../plan/a-plan";

jest.setTimeout(900_000);

const STACK = "main-website";
const TALK = path.join(repositoryRoot, "examples", "talk", "access.yaml");
const ALICE = "0b6ad1c5-93a4-4a39-8f3f-2d1f2f0c7a01";
const BOB = "91d0a1f7-6c0b-4d3e-9a5c-6f1e8d2b3c02";
const ADMINISTRATOR = "arn:aws:iam::123456789012:policy/administrator";

let world: World;
let account: AccountReader;

beforeAll(async () => {
  world = await startWorld();
  account = new AccountReader(world.sandbox);
  await account.s3.send(new CreateBucketCommand({ Bucket: "acme-terraform-state" }));
  await world.synth(STACK);
  await world.apply(STACK);
});

afterAll(async () => {
  account?.close();
  await world?.stop();
});

// Every test leaves the account as the talk's file has it, and says so; what cdktf.out holds it
// does not.
beforeEach(async () => {
  await world.writeAccess(await talk());
  await world.synth(STACK);
});

test("adding a person changes only that role's trust policy; after removal, AWS denies the person", async () => {
  const before = await both();
  await world.writeAccess(edited(await talk(), "publishers: [alice]", "publishers: [alice, bob]"));
  await world.synth(STACK);
  const plan = await world.plan(STACK);
  expect(changesOf(plan)).toEqual(["update aws_iam_role.deploy"]);
  const verdict = "`bob` can now assume `website-deploy` from `main`";
  expect(verdictOf(plan)).toBe(`🟠 **${verdict}**`);
  // The command says the same of this plan, and fails where it is told to.
  const file = path.join(world.folder, `${STACK}.json`);
  await writeFile(file, JSON.stringify(plan));
  const reviewed = await world.ours("oidc", ["review", "--plan", file, "--fail-on", "broader"]);
  expect([reviewed.exitCode, reviewed.stdout.split("\n")[0]]).toEqual([1, `🟠 **${verdict}**`]);
  await world.applyPlan(STACK);
  const after = await both();
  expect(after.preview).toEqual(before.preview);
  expect(after.deploy).toEqual({ ...before.deploy, trust: letting(ALICE, BOB) });
  await world.writeAccess(await talk());
  await world.synth(STACK);
  await world.apply(STACK);
  expect(await both()).toEqual(before);
});

// And so no other plan: cdk.tf.json is all that Terraform reads.
test("the same file in another order gives the same stack", async () => {
  const stack = async () =>
    JSON.parse(await readFile(path.join(world.stackFolder(STACK), "cdk.tf.json"), "utf8"));
  const before = await stack();
  const lines = (await talk()).split("\n");
  const swapped = swap(swap(lines, "  alice:", "  bob:"), "      preview:", "      deploy:");
  await world.writeAccess(swapped.join("\n"));
  await world.synth(STACK);
  expect(await stack()).toEqual(before);
  await world.writeAccess(edited(await talk(), "publishers: [alice]", "publishers: [bob]"));
  await world.synth(STACK);
  expect(await stack()).not.toEqual(before);
});

test("manual changes are shown in the next plan and undone by the next deploy", async () => {
  const before = await both();
  const { iam } = account;
  const deploy = { RoleName: "website-deploy" };
  const PolicyDocument = everythingAllowed();
  await iam.send(new CreatePolicyCommand({ PolicyName: "administrator", PolicyDocument }));
  await iam.send(new AttachRolePolicyCommand({ ...deploy, PolicyArn: ADMINISTRATOR }));
  await iam.send(new PutRolePolicyCommand({ ...deploy, PolicyName: "back-door", PolicyDocument }));
  await iam.send(new DeleteRolePolicyCommand({ RoleName: "website-preview", PolicyName: "bucket" }));
  expect((await both()).deploy).toMatchObject({
    attached: [ADMINISTRATOR],
    inline: { "back-door": expect.anything() },
  });
  const plan = await world.plan(STACK);
  const review = reviewOf(plan);
  expect(review.stacks[0]?.drift.map(({ address }) => address)).toContain("aws_iam_role.deploy");
  const byHand = review.access.filter(({ source }) => source === "drift");
  expect(byHand.map(({ subject, relation }) => [subject, relation])).toEqual([
    ["website-deploy", "unknown"],
    ["website-preview", "narrower"],
  ]);
  const why = plainText(byHand[0]?.reason ?? []);
  expect(why).toContain(`${ADMINISTRATOR} was added outside of Terraform, and the plan removes it`);
  expect(why).toContain("inline policy back-door was added outside of Terraform, and the plan removes it");
  expect(changesOf(plan)).toEqual([
    "create aws_iam_role_policy.preview_inline_bucket",
    "update aws_iam_role_policies_exclusive.deploy_only_these_inline",
    "update aws_iam_role_policies_exclusive.preview_only_these_inline",
    "update aws_iam_role_policy_attachments_exclusive.deploy_only_these_attached",
  ]);
  await world.applyPlan(STACK);
  expect(await both()).toEqual(before);
});

/** What a reviewer is told about the true Terraform's plan. */
function reviewOf(plan: PlanJson): Review {
  return reviewPlan(JSON.stringify(plan), STACK, readAccess(TALK));
}

/** The first line of the report. */
function verdictOf(plan: PlanJson): string | undefined {
  return printMarkdown(reviewOf(plan)).split("\n")[0];
}

/** The deploy role's trust policy with these people in it, and no other difference. */
function letting(...people: readonly string[]): unknown {
  const text = JSON.stringify(deployRole.trust);
  const [subject = ""] = /"org\/[^"]+"/.exec(text) ?? [];
  const subjects = people.map((id) => subject.replace(ALICE, id));
  return JSON.parse(text.replace(subject, `[${subjects.join()}]`));
}

/** Swaps the two lines that begin so. */
function swap(lines: readonly string[], one: string, other: string): readonly string[] {
  const [i, j] = [one, other].map((start) => lines.findIndex((line) => line.startsWith(start)));
  const [first, second] = [lines[i ?? -1], lines[j ?? -1]];
  if (first === undefined || second === undefined) throw new Error(`no line "${one}" or "${other}"`);
  return lines.map((line, index) => (index === i ? second : index === j ? first : line));
}

async function both() {
  return { deploy: await account.role("website-deploy"), preview: await account.role("website-preview") };
}

function everythingAllowed(): string {
  const statement = { Effect: "Allow", Action: "*", Resource: "*" };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}
