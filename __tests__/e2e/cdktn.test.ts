import { readFile } from "node:fs/promises";
import { cdktnCli } from "../../dev/cdktn/packages";
import { otherNode } from "../../dev/tools/other-node";
import { cacheDirectory } from "../../lib/programs/cache";
import { removeScratchFolders } from "../programs/support";
import { answered, CTRL_C } from "../start/deploy/on-terminal";
import { endRuns, interrupt, outputsOf, project, type Setting } from "./two-stacks";

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

  it("interrupts Terraform once after a signal, and waits until it has finished", async () => {
    const waits = "waiting for Terraform to finish the current call";
    const tidy = { exitCode: 1, waits, befell: "started\nINT\nfinished\n" };
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
    expect(await Promise.all(signals.map((signal) => interrupt(setting, signal)))).toEqual([
      tidy,
      tidy,
      tidy,
    ]);
  });

  it("at a terminal, waits for Terraform after Ctrl-C, and says so", async () => {
    const { log, onTerminal } = await project(setting);
    const steps = [answered("y"), ["one planning", CTRL_C]] as const;
    const { exitCode, screen } = await onTerminal(steps, ["deploy", "one"], { SLOW: "1" });
    expect(screen).toContain("waiting for Terraform to finish the current call");
    expect({ exitCode, befell: await readFile(log, "utf8") }).toEqual({
      exitCode: 1,
      befell: "started\nINT\nfinished\n",
    });
  });

  it("at a terminal, applies exactly the plans that it showed, and none whose state has changed since", async () => {
    const { root, onTerminal } = await project(setting);
    const { exitCode, screen } = await onTerminal([answered("y")], ["deploy", "one", "two"], { RACE: "1" });
    expect(screen).toMatch(/Terraform failed in two[\s\S]*Saved plan is stale/);
    expect(exitCode).toBe(1);
    expect(await outputsOf(root, "one")).toEqual({ out: { value: "one", type: "string" } });
    expect(await outputsOf(root, "two")).toEqual({ out: { value: "other-two", type: "string" } });
  });
});
