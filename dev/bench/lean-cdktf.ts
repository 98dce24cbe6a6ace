import { TerraformStack } from "cdktf";
import { leanStack } from "./lean-stack";

// Loaded before a program of cdktf: its stacks are written without what cdktf does several times,
// so that what is compared is this project's own work. At its end it prints the peak memory, in
// bytes, and the CPU time, in milliseconds.
if (process.env.BENCH_LEAN === "1") {
  Object.assign(TerraformStack.prototype, {
    prepareStack: () => undefined,
    toTerraform: leanStack,
  });
  Error.captureStackTrace = () => undefined;
}
process.on("exit", () => {
  const { user, system } = process.cpuUsage();
  console.log(
    JSON.stringify({
      cpuMs: (user + system) / 1_000,
      peakBytes: process.resourceUsage().maxRSS * 1_024,
    }),
  );
});
