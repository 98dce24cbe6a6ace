import { App } from "cdktf";
import { withoutStackTraces } from "./constructs/without-stack-traces";
import { readImports } from "./lib/adopt/imports/read-imports";
import { describeError, exitCodeOf } from "./lib/errors";
import { optimizeLess } from "./lib/process/optimize-less";
import { readAccess } from "./lib/project/read-access";
import { note } from "./lib/terminal/output";
import { buildStacks } from "./stacks";

optimizeLess();
try {
  const access = readAccess();
  const transfers = readImports();
  withoutStackTraces(() => {
    const app = new App();
    buildStacks(app, access, transfers);
    app.synth();
  });
} catch (error) {
  note(describeError(error));
  process.exitCode = exitCodeOf(error);
}
