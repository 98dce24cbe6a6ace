// jest compiles every module anew for each test file, which is a sixth of the time of a small one.
// Here a worker compiles each module once; each test file still has modules of its own.
const { readFileSync } = require("node:fs");
const vm = require("node:vm");
const { default: Runtime } = require("jest-runtime");
const { compiledOnce } = require("./compiled-once.cjs");

// V8 counts wrong what it compiled before the counting began (fixtures/count-steps.ts), so a test file
// that counts gets all of its modules anew. A worker runs one test file after the other.
let counts = false;
vm.compileFunction = compiledOnce(vm, () => !counts);

const TEST_PATH = 6;

exports.default = class extends Runtime {
  constructor(...parts) {
    super(...parts);
    const file = parts[TEST_PATH];
    if (typeof file !== "string") throw new Error("jest-runtime has another constructor");
    counts = readFileSync(file, "utf8").includes("count-steps");
  }
};
exports.__esModule = true;
