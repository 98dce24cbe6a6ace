import { readFile } from "node:fs/promises";
import { answered, CTRL_C } from "../start/deploy/on-terminal";
import { interrupt, outputsOf, project, type Setting } from "./two-stacks";

/**
 * What holds for a deploy with each CLI: after a signal or Ctrl-C, Terraform finishes; at a
 * terminal, what was shown is applied.
 * @param setting is asked when the tests run
 */
export function testDeploysThatAreInterrupted(setting: () => Setting): void {
  it("interrupts Terraform once after a signal, and waits until it has finished", async () => {
    const waits = "waiting for Terraform to finish the current call";
    const tidy = { exitCode: 1, waits, befell: "started\nINT\nfinished\n" };
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
    const ended = await Promise.all(signals.map((signal) => interrupt(setting(), signal)));
    expect(ended).toEqual([tidy, tidy, tidy]);
  });

  it("at a terminal, waits for Terraform after Ctrl-C, and says so", async () => {
    const { log, onTerminal } = await project(setting());
    // Terraform writes the log when it has begun. Before, Ctrl-C ends it, with nothing to wait for.
    const steps = [answered("y"), ["one planning", CTRL_C, log]] as const;
    const { exitCode, screen } = await onTerminal(steps, ["deploy", "one"], { SLOW: "1" });
    expect(screen).toContain("waiting for Terraform to finish the current call");
    expect({ exitCode, befell: await readFile(log, "utf8") }).toEqual({
      exitCode: 1,
      befell: "started\nINT\nfinished\n",
    });
  });

  it("at a terminal, applies exactly the plans that it showed, and none whose state has changed since", async () => {
    const { root, onTerminal } = await project(setting());
    const { exitCode, screen } = await onTerminal([answered("y")], ["deploy", "one", "two"], { RACE: "1" });
    expect(screen).toMatch(
      / {2}one: outputs only\n {2}two: outputs only\n[\s\S]*Deploy these changes\? \[y\/N\] y/,
    );
    expect(screen).toMatch(/Terraform failed in two[\s\S]*Saved plan is stale/);
    expect(exitCode).toBe(1);
    expect(await outputsOf(root, "one")).toEqual({ out: { value: "one", type: "string" } });
    expect(await outputsOf(root, "two")).toEqual({ out: { value: "other-two", type: "string" } });
  });
}
