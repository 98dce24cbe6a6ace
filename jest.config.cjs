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

/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  // These are ES modules, and jest loads none by itself.
  transformIgnorePatterns: [`/node_modules/(?!(?:${ES_MODULES.join("|")})[^/]*/)`],
  transform: {
    "^.+\\.(ts|js)$": [
      "@swc/jest",
      { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } },
    ],
  },
  setupFiles: ["<rootDir>/__tests__/without-version-notice.cjs", "<rootDir>/__tests__/spare-cores.cjs"],
  testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
  modulePathIgnorePatterns: ["<rootDir>/.cache/", "<rootDir>/cdktf.out/"],
  randomize: true,
  // A test that starts processes takes a few times longer beside others than alone.
  testTimeout: 20_000,
  // More than there are cores: the longest tests wait for other processes, or for time to pass.
  maxWorkers: availableParallelism() + 1,
};
