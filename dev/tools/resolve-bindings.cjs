// Loaded before a program (node --require): its imports of @cdktf/provider-aws are those of the
// folder in OIDC_BINDINGS, and what these import is this project's.
const Module = require("node:module");
const path = require("node:path");

const folder = process.env.OIDC_BINDINGS;
const root = path.join(__dirname, "..", "..");
const resolve = Module._resolveFilename;

Module._resolveFilename = function resolveBindings(request, parent, ...rest) {
  const [, module] = /^@cdktf\/provider-aws\/lib\/([a-z0-9-]+)$/.exec(request) ?? [];
  if (module !== undefined) return path.join(folder, "lib", module, "index.js");
  const isOther = parent?.filename?.startsWith(folder + path.sep) && !request.startsWith(".");
  return isOther
    ? resolve.call(this, require.resolve(request, { paths: [root] }), parent, ...rest)
    : resolve.call(this, request, parent, ...rest);
};
