import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { AccountReader } from "../../dev/e2e/account";
import { said, succeeded } from "../../dev/e2e/ended";
import { changesOf } from "../../dev/e2e/plan";
import { startWorld } from "../../dev/e2e/start-world";
import { edited, talk } from "../../dev/e2e/talk";
import type { World } from "../../dev/e2e/world";

jest.setTimeout(900_000);

let world: World;
let account: AccountReader;

beforeAll(async () => {
  world = await startWorld();
  account = new AccountReader(world.sandbox);
  await account.s3.send(new CreateBucketCommand({ Bucket: "acme-terraform-state" }));
  await world.synth("main-website");
  await world.apply("main-website");
  await account.s3.send(new PutObjectCommand({ Bucket: "acme-website", Key: "index.html", Body: "hello" }));
});

afterAll(async () => {
  account?.close();
  await world?.stop();
});

// One test: the right way is taken after the wrong one, as people do.
test("a project's new key: a plain deploy stops and loses nothing; the documented procedure keeps the buckets", async () => {
  await world.writeAccess(edited(await talk(), "\n  website:\n", "\n  site:\n"));
  await world.synth("main-site");
  const old = await Promise.all(["website-deploy", "website-preview"].map((name) => account.role(name)));

  const stopped = await world.terraform("main-site", ["apply", "-input=false", "-auto-approve"]);
  expect(stopped.exitCode).toBe(1);
  expect(said(stopped)).toMatch(/BucketAlready/);
  expect(await Promise.all(["website-deploy", "website-preview"].map((name) => account.role(name)))).toEqual(
    old,
  );
  expect(await account.text("acme-website", "index.html")).toBe("hello");

  // docs/operations.md, "A project's key"
  succeeded(await world.ours("terraform", ["main-site", "destroy", "-auto-approve"]));
  succeeded(
    await world.aws([
      "s3",
      "cp",
      "s3://acme-terraform-state/main-website.tfstate",
      "s3://acme-terraform-state/main-site.tfstate",
    ]),
  );
  const changes = changesOf(await world.plan("main-site"));
  expect(changes.filter((change) => change.includes("aws_s3"))).toEqual([
    "update aws_s3_bucket.deploy_bucket",
    "update aws_s3_bucket.preview_bucket",
  ]);
  await world.applyPlan("main-site");
  succeeded(await world.aws(["s3", "rm", "s3://acme-terraform-state/main-website.tfstate"]));
  expect(await account.roleNames()).toEqual(["site-deploy", "site-preview"]);
  expect(await account.text("acme-website", "index.html")).toBe("hello");
  expect(await world.planHasNoChanges("main-site")).toBe(true);
});
