/**
 * For each test file, jest's runtime resolves the name of every module and reads its code anew.
 * Here a worker does both once, as long as it has the same resolver: jest makes another for each
 * run, so what changes while jest watches is read again.
 */
const found = new WeakMap();

/**
 * @param runtime that of a test file
 * @param resolver that of the run
 * @param root folder whose files stay as they are during a run, and its separator
 */
function findOnce({ _resolution, transformCache, jestGlobals }, resolver, root) {
  const known = found.get(resolver) ?? { paths: new Map(), mocks: new Map(), code: new Map() };
  found.set(resolver, known);
  resolveOnce(_resolution, known, root);
  readOnce(transformCache, known, root);
  // An object of forty functions for each module, and only tests use it.
  const { jestObjectFor } = jestGlobals;
  jestGlobals.jestObjectFor = (file) =>
    file.startsWith(`${root}__tests__`) ? jestObjectFor.call(jestGlobals, file) : undefined;
}

function resolveOnce(resolution, { paths, mocks }, root) {
  const { resolveCjs, getCjsMockModule } = resolution;
  resolution.resolveCjs = (from, name) => {
    const key = `${from}\0${name}`;
    const path = paths.get(key) ?? resolveCjs.call(resolution, from, name);
    // What a test writes elsewhere may be another file the next time.
    if (path.startsWith(root)) paths.set(key, path);
    return path;
  };
  resolution.getCjsMockModule = (from, name) => {
    const key = `${from}\0${name}`;
    if (!mocks.has(key)) mocks.set(key, getCjsMockModule.call(resolution, from, name));
    return mocks.get(key);
  };
}

function readOnce(transformCache, { code }, root) {
  const { transform, transforms, sourceMaps } = transformCache;
  transformCache.transform = (file, options) => {
    const key = `${options?.isInternalModule === true}\0${file}`;
    const known = code.get(key);
    if (known === undefined) {
      const made = transform.call(transformCache, file, options);
      const kept = { made, transformed: transforms.get(file), map: sourceMaps.get(file) };
      if (file.startsWith(root)) code.set(key, kept);
      return made;
    }
    // jest reads them for the coverage, and for the places in a stack.
    if (known.transformed !== undefined) transforms.set(file, known.transformed);
    if (known.map !== undefined) sourceMaps.set(file, known.map);
    return known.made;
  };
}

module.exports = { findOnce };
