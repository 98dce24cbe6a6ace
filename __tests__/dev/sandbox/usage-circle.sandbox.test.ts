import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { UpdateAssumeRolePolicyCommand } from "@aws-sdk/client-iam";
import { ListBucketsCommand } from "@aws-sdk/client-s3";
import { openTrail } from "../../../dev/sandbox/authorize/trail-records";
import { printPolicy } from "../../../lib/iam/language/document";
import { inlinePolicies } from "../../../lib/iam/write/inline-policies";
import { trustTextOf } from "../../../lib/iam/write/trust/trust-policy";
import { awsPolicies } from "../../../lib/project/aws-data";
import { usageOf } from "../../../lib/usage/answer/answer";
import { listFiles } from "../../../lib/usage/sources/list-files";
import { readLogs } from "../../../lib/usage/sources/read-logs";
import { proveNarrower } from "../../../lib/usage/suggest/prove-narrower";
import { suggest } from "../../../lib/usage/suggest/suggest";
import { interestOf } from "../../../lib/usage/trail/interest";
import { ACCESS_TEXT, access } from "../../usage/records";
import { aliceOnMain, BOB, outcome, TestSandbox } from "./test-sandbox";

const world = new TestSandbox();
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "usage-circle-"));
  await world.start();
});
afterAll(async () => {
  await world.stop();
  rmSync(folder, { recursive: true, force: true });
});

const TEXT = ACCESS_TEXT.replace(/Action: \[.*\]/, "Action: [s3:ListAllMyBuckets, s3:GetBucketPolicy]");
const deployOf = (text: string) => {
  const role = access(text).projects[0]?.roles.find(({ key }) => key === "deploy");
  if (role === undefined) throw new Error("no role deploy");
  return role;
};
const statementsOf = (text: string): string =>
  inlinePolicies(deployOf(text))
    .filter(({ name }) => name === "statements")
    .map(({ document }) => printPolicy(document))
    .join();

test("run, look, narrow, run again: alice deploys as before, bob may not any more", async () => {
  const trail = openTrail(folder, world.sandbox.accountId, Date.now());
  world.onDecision = trail;
  const arn = await world.createRole("website-deploy", statementsOf(TEXT), {
    trust: JSON.parse(trustTextOf(deployOf(TEXT))),
  });
  const asBob = await world.sandbox.circleCi.mint({ ...aliceOnMain, user: BOB });
  const list = async () => outcome((await world.s3As(arn)).send(new ListBucketsCommand({})));
  expect(await list()).toBe("allowed");

  const { files } = listFiles([folder]);
  const read = await readLogs({ files, count: files.length, bytes: 1 }, interestOf(access(TEXT)));
  expect(read.notRead).toEqual([]);
  const usage = usageOf(access(TEXT), read);
  expect(usage.roles.find(({ role }) => role === "website/deploy")).toMatchObject({
    uses: [{ person: "alice", ref: "main", count: 1, granted: "yes" }],
    calls: [{ name: "ListBuckets", actions: ["s3:ListAllMyBuckets"], people: ["alice"], denied: false }],
    never: { people: ["bob", "carol"], refs: ["release/*"] },
  });

  const { text } = suggest(TEXT, access(TEXT), usage, { aws: awsPolicies });
  expect(proveNarrower(access(TEXT), access(text), awsPolicies)).toEqual([
    { role: "website/deploy", trust: "narrower", permissions: "narrower" },
  ]);
  expect(statementsOf(text)).toContain("s3:ListAllMyBuckets");
  expect(statementsOf(text)).not.toContain("s3:GetBucketPolicy");
  expect(await outcome(world.assume(arn, { WebIdentityToken: asBob }))).toBe("allowed");
  await world.iam.send(
    new UpdateAssumeRolePolicyCommand({
      RoleName: "website-deploy",
      PolicyDocument: trustTextOf(deployOf(text)),
    }),
  );
  expect(await list()).toBe("allowed");
  expect(await outcome(world.assume(arn, { WebIdentityToken: asBob }))).toBe("AccessDenied");

  const again = listFiles([folder]).files;
  const { denied } = usageOf(
    access(text),
    await readLogs({ files: again, count: again.length, bytes: 1 }, interestOf(access(text))),
  );
  expect(denied).toMatchObject([
    { role: "website/deploy", person: "bob", error: "AccessDenied", granted: "no" },
  ]);
});
