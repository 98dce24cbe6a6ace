import { setTimeout as sleep } from "node:timers/promises";
import { createProgress } from "../../lib/programs/progress";

function record(isTTY: boolean, env: NodeJS.ProcessEnv) {
  const written: string[] = [];
  const progress = createProgress({
    stream: { isTTY, columns: 60, write: (text) => written.push(text) },
    env,
  });
  return { progress, text: () => written.join("") };
}

describe("progress", () => {
  it.each([
    ["without a terminal", false, {}],
    ["in CI", true, { CI: "true" }],
    ["on a terminal without cursor movement", true, { TERM: "dumb" }],
  ])("prints plain lines %s", async (_name, isTTY, env) => {
    const { progress, text } = record(isTTY, env);
    expect(await progress.step("Fetching", async () => 7)).toBe(7);
    expect(text()).toBe("Fetching …\nFetching: done (0 s)\n");
  });

  it("is a spinner with time and detail on a terminal, and ends with a permanent line", async () => {
    const { progress, text } = record(true, {});
    await progress.step("Fetching", async (report) => {
      report("1 of 2 MB");
      await sleep(250);
    });
    expect(text()).toContain("Fetching 1 of 2 MB 0 s");
    expect(text().endsWith("\r\u001b[K\u001b[32m✓\u001b[0m Fetching: done (0 s)\n")).toBe(true);
  });

  it("has no escape sequences if NO_COLOR is set", async () => {
    const { progress, text } = record(true, { NO_COLOR: "1" });
    await progress.step("Fetching", async () => undefined);
    expect(text()).not.toContain("\u001b");
    expect(text().endsWith(`\r${" ".repeat(59)}\r✓ Fetching: done (0 s)\n`)).toBe(true);
  });

  it("ends with the outcome that the caller describes", async () => {
    const { progress, text } = record(false, {});
    await progress.step(
      "Fetching",
      async () => 7,
      (count) => `${count} files`,
    );
    expect(text()).toBe("Fetching …\nFetching: 7 files (0 s)\n");
  });

  it("reports a failure and rethrows it", async () => {
    const { progress, text } = record(false, {});
    await expect(progress.step("Fetching", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(text()).toBe("Fetching …\nFetching: failed (0 s)\n");
  });

  it("shows concurrent steps in one line, never wider than the terminal", async () => {
    const { progress, text } = record(true, { NO_COLOR: "1" });
    const long = "x".repeat(50);
    await Promise.all([progress.step("One", () => sleep(150)), progress.step(long, () => sleep(150))]);
    expect(text()).toContain("One 0 s · xxx");
    for (const line of text().split("\r")) expect(line.trimEnd().length).toBeLessThan(66);
  });
});
