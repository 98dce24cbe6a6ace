const { availableParallelism } = require("node:os");

const ES_MODULES = [
  ...[
    "jose",
    "ky",
    "@octokit",
    "universal-user-agent",
    "before-after-hook",
    "content-type",
    "json-with-bigint",
  ],
  ...["micromark", "decode-named-character-reference", "character-entities", "devlop"],
];

/** Tests that start processes: moto, git, the AWS CLI, Node. */
const SANDBOX = "__tests__/**/*.sandbox.test.ts";
/** Tests that run real Terraform. */
const E2E = "__tests__/e2e/**/*.test.ts";

/** @type {import("jest").Config} */
const common = {
  rootDir: __dirname,
  // Not the root itself: jest would read the names of all files in node_modules.
  roots: ["__tests__", "cli", "constructs", "dev", "lib", "setup", "stacks"].map(
    (name) => `<rootDir>/${name}`,
  ),
  cacheDirectory: "<rootDir>/.cache/jest",
  testEnvironment: "<rootDir>/__tests__/environment.cjs",
  runtime: "<rootDir>/__tests__/runtime.cjs",
  // These are ES modules, and jest loads none by itself.
  transformIgnorePatterns: [`/node_modules/(?!(?:${ES_MODULES.join("|")})[^/]*/)`],
  transform: {
    "^.+\\.(ts|js)$": [
      "@swc/jest",
      { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } },
    ],
  },
  setupFiles: ["<rootDir>/__tests__/without-version-notice.cjs", "<rootDir>/__tests__/spare-cores.cjs"],
};

// The commands of this project are compiled, and the AWS CLI is loaded, once for all tests that
// start them.
const startsCommands = { globalSetup: "<rootDir>/dev/tools/before-tests.ts" };

/** @type {import("jest").Config} */
module.exports = {
  projects: [
    {
      ...common,
      displayName: "unit",
      testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
      testPathIgnorePatterns: ["<rootDir>/__tests__/e2e/", "\\.sandbox\\.test\\.ts$"],
      // A unit test that starts a process fails; its file is named *.sandbox.test.ts.
      moduleNameMapper: { "^(node:)?child_process$": "<rootDir>/__tests__/no-processes.cjs" },
    },
    {
      ...common,
      ...startsCommands,
      displayName: "sandbox",
      testMatch: [`<rootDir>/${SANDBOX}`],
      testPathIgnorePatterns: ["<rootDir>/__tests__/e2e/"],
    },
    { ...common, ...startsCommands, displayName: "e2e", testMatch: [`<rootDir>/${E2E}`] },
  ],
  randomize: true,
  // Only for what never ends: on a busy machine, a test takes many times longer than alone.
  testTimeout: 300_000,
  // The longest tests begin first.
  testSequencer: "<rootDir>/__tests__/sequencer.cjs",
  // More than there are cores: the longest tests wait for other processes, or for time to pass.
  maxWorkers: availableParallelism() + 1,
};
