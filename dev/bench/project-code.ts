// The modules that main.ts loads. dev/bench/steps.ts imports them dynamically.
export { App } from "cdktf";
export { withoutStackTraces } from "../../constructs/without-stack-traces";
export { readAccess } from "../../lib/project/read-access";
export { buildStacks } from "../../stacks";
