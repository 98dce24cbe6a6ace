const Sequencer = require("@jest/test-sequencer").default;

const ORDER = ["e2e", "sandbox", "unit"];

/**
 * Real Terraform first, then what starts other processes: these tests are the longest, and the run
 * takes as long as the last of them. Inside a project, jest's own order: failed before, slow before.
 */
module.exports = class LongestProjectFirst extends Sequencer {
  sort(tests) {
    const place = ({ context }) => ORDER.indexOf(context.config.displayName.name);
    return [...super.sort(tests)].sort((one, other) => place(one) - place(other));
  }
};
