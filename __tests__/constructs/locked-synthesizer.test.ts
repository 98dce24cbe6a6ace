import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { App } from "cdktf";
import { chooseProvider, stackLock } from "../../lib/terraform/provider-choice";
import { IdentityStack } from "../../stacks/identity-stack";
import { anAccount } from "../fixtures/access";

const folder = mkdtempSync(path.join(tmpdir(), "locked-"));
afterAll(() => rmSync(folder, { recursive: true }));

function synthesise(awsProvider?: string) {
  const app = new App({ outdir: folder });
  const version = awsProvider === undefined ? {} : { awsProvider };
  new IdentityStack(app, "main-identity", { account: anAccount({}), providers: [], ...version });
  app.synth();
  const stack = path.join(folder, "stacks", "main-identity");
  const { terraform } = JSON.parse(readFileSync(path.join(stack, "cdk.tf.json"), "utf8"));
  const lock = readdirSync(stack).includes(".terraform.lock.hcl")
    ? readFileSync(path.join(stack, ".terraform.lock.hcl"), "utf8")
    : undefined;
  return { required: terraform.required_providers.aws.version, lock };
}

test("a stack requires the project's provider and is locked to its pinned hashes; a lock of another version goes", () => {
  expect(synthesise()).toEqual({ required: "5.100.0", lock: stackLock(chooseProvider("5.100.0")) });
  expect(synthesise("~> 6.25")).toEqual({ required: "~> 6.25", lock: stackLock(chooseProvider("~> 6.25")) });
  expect(synthesise("6.30.0")).toEqual({ required: "6.30.0", lock: undefined });
});

test("what OpenTofu has selected stays beside the pinned hashes, as long as it is the same version", () => {
  const selected = `
provider "registry.opentofu.org/hashicorp/aws" {
  version     = "5.100.0"
  constraints = "5.100.0"
  hashes = [
    "h1:a=",
  ]
}
`;
  const pinned = stackLock(chooseProvider("5.100.0"));
  synthesise();
  appendFileSync(path.join(folder, "stacks", "main-identity", ".terraform.lock.hcl"), selected);
  expect(synthesise().lock).toBe(`${pinned}${selected}`);
  expect(synthesise("~> 6.25").lock).toBe(stackLock(chooseProvider("~> 6.25")));
});
