import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { repositoryRoot } from "../../lib/programs/cache";
import { removeScratchFolders } from "../programs/support";
import { testDeploysThatAreInterrupted } from "./interrupted-deploys";
import { endRuns, project, type Setting } from "./two-stacks";

afterAll(async () => {
  await endRuns();
  removeScratchFolders();
});

const CDKTF: Setting = { framework: "cdktf", installed: repositoryRoot, node: process.execPath };

// cdktf alone takes some four seconds a call.
jest.setTimeout(300_000);

describe("cdktf itself, from a path with spaces", () => {
  // Stacks that access.yaml does not declare need no credentials of its account.
  it("deploys the stacks", async () => {
    const { root, start } = await project(CDKTF);
    const run = start(["deploy", "--auto-approve", "--verbose", "one", "two"], {});
    expect({ exitCode: await run.ended, output: run.output() }).toMatchObject({
      exitCode: 0,
      output: expect.stringMatching(/one\s+out = one[\s\S]*two\s+out = two/),
    });
    expect(existsSync(path.join(root, "terraform.one.tfstate"))).toBe(true);
    expect(existsSync(path.join(root, "terraform.two.tfstate"))).toBe(true);
  });

  testDeploysThatAreInterrupted(() => CDKTF);

  it("shows all of Terraform's output, to the end", async () => {
    const { start } = await project(CDKTF);
    const run = start(["deploy", "--auto-approve", "one"], { LONG: "1" });
    expect(await run.ended).toBe(1);
    expect(run.output()).toContain("line 20000 of");
    expect(run.output()).toContain("Error: at the very end");
  });

  it("is not started, and nothing is written, if the file is invalid or missing", async () => {
    const { root, start } = await project(CDKTF);
    const wrong = path.join(root, "wrong.yaml");
    await writeFile(wrong, "organisation: {}\n");
    const runs = [
      ...["synth", "diff", "deploy", "destroy"].map((command) =>
        start([command], { OIDC_ACCESS_FILE: wrong }),
      ),
      start(["synth"], { OIDC_ACCESS_FILE: path.join(root, "missing.yaml") }),
      start(["synth"], { OIDC_ACCESS_FILE: root }),
    ];
    expect(await Promise.all(runs.map(({ ended }) => ended))).toEqual(runs.map(() => 2));
    // Our own words and nothing of cdktf's around them.
    expect(runs[0]?.output()).toMatch(/^error\[.*did you mean "organization"/s);
    for (const run of runs) expect(run.output()).not.toMatch(/cdktf|\n {4}at /);
    expect(existsSync(path.join(root, "cdktf.out"))).toBe(false);
  });

  it("synthesizes without Terraform, and passes exit codes on", async () => {
    const sound = await project(CDKTF);
    const broken = await project(CDKTF);
    await writeFile(path.join(broken.root, "main.js"), "process.exit(7);");
    const noTerraform = { TERRAFORM_BINARY_NAME: "/nowhere/terraform" };
    const ended = [sound.start(["synth"], noTerraform).ended, broken.start(["synth"], noTerraform).ended];
    expect(await Promise.all(ended)).toEqual([0, 1]);
    expect(existsSync(path.join(sound.root, "cdktf.out", "stacks", "two", "cdk.tf.json"))).toBe(true);
  });
});
