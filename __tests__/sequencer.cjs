const Sequencer = require("@jest/test-sequencer").default;
const { countsSteps } = require("./counts-steps.cjs");

const ORDER = ["e2e", "sandbox", "unit"];
/** Minutes each. On a fresh clone, jest knows only the sizes of the files. */
const LONGEST = ["company", "package", "adopt", "own-pipeline", "orb", "deploy-from-empty"].map(
  (name) => `/__tests__/e2e/${name}.test.ts`,
);

/**
 * What counts steps begins: V8 then goes through every function of the process, and a worker has
 * loaded few. Then real Terraform, then what starts other processes: these tests are the longest,
 * and the run takes as long as the last of them. Inside a project, jest's own order: failed before,
 * slow before.
 */
module.exports = class LongestProjectFirst extends Sequencer {
  sort(tests) {
    const places = new Map(tests.map((test) => [test, placeOf(test)]));
    return [...super.sort(tests)].sort((one, other) => places.get(one) - places.get(other));
  }
};

function placeOf({ context, path }) {
  if (countsSteps(path)) return -1;
  const long = LONGEST.findIndex((end) => path.endsWith(end));
  return long === -1 ? LONGEST.length + ORDER.indexOf(context.config.displayName.name) : long;
}
