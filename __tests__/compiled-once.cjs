const vm = require("node:vm");

/**
 * A `vm.compileFunction` that keeps what it has compiled, for the same source of the same file in
 * another context. What runs is as separate as before.
 * @param isKept whether what is compiled now may be kept, or may be what was kept
 */
function compiledOnce({ compileFunction }, isKept = () => true) {
  /** By file name. */
  const compiled = new Map();
  return (source, parameters, options = {}) => {
    const { filename, parsingContext, importModuleDynamically, ...others } = options;
    // Only what jest's runtime sets.
    if (!isKept() || filename === undefined || parsingContext === undefined || Object.keys(others).length > 0)
      return compileFunction(source, parameters, options);
    const opening = `(function (${parameters.join(", ")}) {`;
    let known = compiled.get(filename);
    if (known?.source !== source || known.opening !== opening) {
      const made = { source, opening };
      made.script = new vm.Script(`${opening}${source}\n})`, {
        filename,
        columnOffset: -opening.length,
        importModuleDynamically: (...call) => made.importModuleDynamically(...call),
      });
      compiled.set(filename, made);
      known = made;
    }
    known.importModuleDynamically = importModuleDynamically;
    return known.script.runInContext(parsingContext);
  };
}

module.exports = { compiledOnce };
