import { readFile } from "node:fs/promises";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { cdktnCli } from "../../dev/cdktn/packages";
import { cdktnProgram } from "../../dev/cdktn/program";
import { AccountReader } from "../../dev/e2e/account";
import { succeeded } from "../../dev/e2e/ended";
import { startWorld } from "../../dev/e2e/start-world";
import { edited, talk } from "../../dev/e2e/talk";
import { otherNode } from "../../dev/tools/other-node";
import { cacheDirectory } from "../../lib/programs/cache";
import { removeScratchFolders, scratchFolder } from "../programs/support";
import { testDeploysThatAreInterrupted } from "./interrupted-deploys";
import { endRuns, outputsOf, project, type Setting } from "./two-stacks";

// What cdktf.test.ts asks of cdktf's CLI, of that of CDK Terrain, with the Node that it needs.
let setting: Setting;
beforeAll(async () => {
  const cache = cacheDirectory();
  const [installed, node] = await Promise.all([cdktnCli(cache), otherNode("24", cache)]);
  setting = { framework: "cdktn", installed, node };
});

afterAll(async () => {
  await endRuns();
  removeScratchFolders();
});

jest.setTimeout(300_000);

const STACK = "main-website";

describe("CDK Terrain's own CLI, from a path with spaces", () => {
  it("is refused with a Node that is too old for it, and synthesizes nothing", async () => {
    const { start } = await project({ ...setting, node: process.execPath });
    const run = start(["synth"], {});
    expect(await run.ended).toBe(1);
    expect(run.output()).toContain("cdktn-cli needs Node 22.19.0 or later; this is Node 20.");
  });

  it("deploys the stacks, then plans no changes, and destroys them", async () => {
    const { root, start } = await project(setting);
    const deploy = start(["deploy", "--auto-approve", "one", "two"], {});
    expect({ exitCode: await deploy.ended, output: deploy.output() }).toMatchObject({ exitCode: 0 });
    expect(await outputsOf(root, "one")).toEqual({ out: { value: "one", type: "string" } });
    expect(await outputsOf(root, "two")).toEqual({ out: { value: "two", type: "string" } });
    const diff = start(["diff", "one"], {});
    expect({ exitCode: await diff.ended, output: diff.output() }).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining("No changes"),
    });
    const destroy = start(["destroy", "--auto-approve", "one"], {});
    expect({ exitCode: await destroy.ended, output: destroy.output() }).toMatchObject({ exitCode: 0 });
    expect(await outputsOf(root, "one")).toEqual({});
  });

  testDeploysThatAreInterrupted(() => setting);
});

it("plans no changes for a state of cdktf, and cdktf none for a state of CDK Terrain", async () => {
  const world = await startWorld();
  const account = new AccountReader(world.sandbox);
  try {
    await account.s3.send(new CreateBucketCommand({ Bucket: "acme-terraform-state" }));
    const cdktn = await cdktnProgram(scratchFolder());
    const written = async () => {
      const { terraform } = JSON.parse(await readFile(`${world.stackFolder(STACK)}/cdk.tf.json`, "utf8"));
      return terraform.required_providers.aws.source;
    };
    await world.synth(STACK);
    await world.apply(STACK);
    expect(await written()).toBe("aws");
    succeeded(await world.start(cdktn, {}).ended);
    expect(await written()).toBe("hashicorp/aws");
    expect(await world.planHasNoChanges(STACK)).toBe(true);

    // Its own deploy: another trust policy, and a role with a bucket that are new.
    const role = "      archive: { people: [bob], branches: any, bucket: acme-archive }\n";
    await world.writeAccess(`${edited(await talk(), "publishers: [alice]", "publishers: [bob]")}${role}`);
    succeeded(await world.start(cdktn, {}).ended);
    expect(await world.planHasNoChanges(STACK)).toBe(false);
    await world.apply(STACK);
    await world.synth();
    expect(await written()).toBe("aws");
    expect(await world.planHasNoChanges(STACK)).toBe(true);
  } finally {
    account.close();
    await world.stop();
  }
});
