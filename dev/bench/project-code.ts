// What main.ts loads, and nothing else, so that dev/bench/steps.ts can load it at a moment of its
// own choice.
export { App } from "cdktf";
export { withoutStackTraces } from "../../constructs/without-stack-traces";
export { readAccess } from "../../lib/project/read-access";
export { buildStacks } from "../../stacks";
