// Loaded into cdktf by cdktf-guard.cjs. cdktf 0.21, and cdktn 0.24 after it, load what only
// `convert`, `init` and `provider` use (two WebAssembly programs and the TypeScript compiler in
// jsii-rosetta) before every other command as well, which is half of its CPU time. These packages
// are loaded at their first use.
const { Module } = require("node:module");

const PACKAGES = ["hcl-tools", "hcl2cdk", "hcl2json", "provider-generator"];
const LATE = new Set(PACKAGES.flatMap((name) => [`@cdktf/${name}`, `@cdktn/${name}`]));
const load = Module._load;

Module._load = (request, ...context) => {
  if (!LATE.has(request)) return load(request, ...context);
  let exported;
  const get = (_, key) => {
    exported ??= load(request, ...context);
    return exported[key];
  };
  // As a prototype: cdktf's bundle copies a package's own properties when it imports it.
  return Object.create(new Proxy({}, { get }), { __esModule: { value: true } });
};
