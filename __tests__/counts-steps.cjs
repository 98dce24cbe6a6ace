const { readFileSync } = require("node:fs");

/** Whether a test file counts steps (fixtures/count-steps.ts). */
function countsSteps(file) {
  return readFileSync(file, "utf8").includes("count-steps");
}

module.exports = { countsSteps };
