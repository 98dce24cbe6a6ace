// jest compiles every module anew for each test file, which is a sixth of the time of a small one.
// Here a worker compiles each module once; each test file still has modules of its own.
const vm = require("node:vm");
const { compiledOnce } = require("./compiled-once.cjs");

vm.compileFunction = compiledOnce(vm);

module.exports = require("jest-runtime");
