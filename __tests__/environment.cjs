const vm = require("node:vm");
const { TestEnvironment } = require("jest-environment-node");

/**
 * jest's environment for Node, with an ordinary global object. That of jest is a proxy: each
 * `Object`, `Map` or `Error` that a module names calls into Node, and takes ten times as long as
 * outside of jest. Node before 20.18 and 22.8 has no such contexts, and there it is jest's.
 */
module.exports = class extends TestEnvironment {
  constructor(...parts) {
    const { createContext } = vm;
    const ordinary = vm.constants?.DONT_CONTEXTIFY;
    if (ordinary !== undefined) vm.createContext = () => createContext(ordinary);
    try {
      super(...parts);
    } finally {
      vm.createContext = createContext;
    }
  }
};
