// jest finds and compiles every module anew for each test file, which is a third of the time of a
// small one. Here a worker does so once; each test file still has modules of its own.
const asyncHooks = require("node:async_hooks");
const path = require("node:path");
const vm = require("node:vm");
const { default: Runtime } = require("jest-runtime");
const { compiledOnce } = require("./compiled-once.cjs");
const { countsSteps } = require("./counts-steps.cjs");
const { findOnce } = require("./found-once.cjs");

// V8 counts wrong what it compiled before the counting began (fixtures/count-steps.ts), so a test
// file that counts gets all of its modules anew. A worker runs one test file after the other.
let counts = false;
vm.compileFunction = compiledOnce(vm, () => !counts);

// jest-circus runs each test in an AsyncLocalStorage, has a new one for each test file, and
// disables none. Each makes every later promise of the process slower on Node 20, and keeps what
// its file left.
const storages = new Set();
asyncHooks.AsyncLocalStorage = class extends asyncHooks.AsyncLocalStorage {
  constructor(...options) {
    super(...options);
    storages.add(this);
  }
};

const TEST_PATH = 6;

exports.default = class extends Runtime {
  constructor(...parts) {
    super(...parts);
    const file = parts[TEST_PATH];
    if (typeof file !== "string") throw new Error("jest-runtime has another constructor");
    counts = countsSteps(file);
    storages.clear();
    const [{ rootDir }, , resolver] = parts;
    findOnce(this, resolver, `${rootDir}${path.sep}`);
  }

  teardown() {
    super.teardown();
    for (const storage of storages) storage.disable();
  }
};
exports.__esModule = true;
