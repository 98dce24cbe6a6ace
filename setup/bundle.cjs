const { readFile } = require("node:fs/promises");
const path = require("node:path");

/**
 * Packages that are loaded from node_modules: what a project declares its stacks with must be the
 * copy that the project itself uses, and the tools look for files beside themselves.
 */
const NOT_BUNDLED = /^(@cdktf\/|(cdktf|cdktf-cli|constructs|esbuild|jest|tsx|typescript)(\/|$))/;

/**
 * Packages that CDK Terrain has under names of its own, where a project has that instead of cdktf.
 */
const OF_CDKTN = [
  [/^cdktf(?=\/|$)/, "cdktn"],
  [/^@cdktf\/provider-aws(?=\/|$)/, "@cdktn/provider-aws"],
];

/** What declares stacks with cdktf, as in lib/terraform/framework.ts. */
const DECLARING = ["cdktf", "constructs", "@cdktf/provider-aws"];

/** In every chunk: what CommonJS has, and where the compiled code lies. */
const BANNER = [
  'import { createRequire as createRequireHere } from "node:module";',
  'import { fileURLToPath as pathOfUrl } from "node:url";',
  "const require = createRequireHere(import.meta.url);",
  'const compiledFolder = pathOfUrl(new URL(".", import.meta.url));',
];

/** A library is CommonJS: it has all of that but the folder of the package. */
const LIBRARY_BANNER = 'const compiledFolder = __dirname + "/";';

/** Where the pages are in a project that has the package. */
const IN_PROJECT = '"node_modules/cdktf-circleci-oidc/docs"';

/**
 * How the installed command is typed. In npx's own folder there is no project that has it, and
 * `npx oidc` would run another package of that name. What was typed after `npx` is in the manifest
 * there: a tarball is named again, for the registry may have another package by the name of this
 * one.
 */
const OF_PACKAGE = [
  "const oidcTyped = () => {",
  "  try {",
  '    const { packages } = require("../../../package.json")._npx;',
  '    return packages.length === 1 && /^[\\w@.:/+-]+$/.test(packages[0]) ? packages[0] : "cdktf-circleci-oidc";',
  '  } catch { return "cdktf-circleci-oidc"; }',
  "};",
  'const oidcCommand = /[\\\\/]_npx[\\\\/]/.test(compiledFolder) ? "npx " + oidcTyped() : "npx oidc";',
  'const oidcPages = pathOfUrl(new URL("../docs", import.meta.url));',
  'const oidcBelow = process.cwd() + "/";',
  "const oidcDocs = oidcPages.startsWith(oidcBelow) ? oidcPages.slice(oidcBelow.length) : oidcPages;",
];

/** Types and contract: bundle.d.cts. */
async function bundle({ root, entryPoints, outdir, isPackage = false, isLibrary = false }) {
  // Loaded here: most starts need no compiler.
  const { build } = require("esbuild");
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [...entryPoints],
    outdir,
    entryNames: "[name]",
    chunkNames: "[name]-[hash]",
    bundle: true,
    // Projects of cdktf are CommonJS, which has no chunks; both kinds of modules can load it.
    ...(isLibrary
      ? { format: "cjs", banner: { js: LIBRARY_BANNER } }
      : {
          format: "esm",
          splitting: true,
          outExtension: { ".js": ".mjs" },
          banner: { js: [...BANNER, ...(isPackage ? OF_PACKAGE : [])].join("\n") },
        }),
    platform: "node",
    target: "node20",
    // Node reads less: a tenth of the time of a command. Of a library, it prints the line that
    // throws, above the message: for an error in access.yaml, hundreds of kilobytes if all code is
    // one line.
    minifyWhitespace: !isLibrary,
    metafile: true,
    logLevel: "error",
    define: {
      ...(isLibrary ? {} : { "process.env.COMPILED_COMMANDS": "compiledFolder" }),
      "process.env.OIDC_COMMAND": !isPackage ? "undefined" : isLibrary ? '"npx oidc"' : "oidcCommand",
      "process.env.OIDC_DOCS": !isPackage ? "undefined" : isLibrary ? IN_PROJECT : "oidcDocs",
    },
    plugins: [ownFolders(root, isPackage), required, oneLocale],
  });
  return metafile;
}

/**
 * A source file finds what lies beside it, such as a script for Python, also once it is compiled:
 * in this clone, or at the same place of the package.
 */
function ownFolders(root, isPackage) {
  const expression = (file) =>
    isPackage
      ? `(compiledFolder + ${JSON.stringify(path.join("..", path.relative(root, file)))})`
      : JSON.stringify(file);
  return {
    name: "own-folders",
    setup({ onLoad }) {
      onLoad({ filter: /\.(ts|cjs)$/ }, async ({ path: file }) => {
        if (file.includes(`${path.sep}node_modules${path.sep}`)) return undefined;
        const contents = (await readFile(file, "utf8"))
          .replace(/\b__dirname\b/g, () => expression(path.dirname(file)))
          .replace(/\b__filename\b/g, () => expression(file));
        return { contents, loader: file.endsWith(".ts") ? "ts" : "js" };
      });
    },
  };
}

/**
 * Packages of CommonJS are loaded by `require`, when they are used: an import of theirs would have
 * to name files, and folders and JSON cannot be imported.
 */
const required = {
  name: "required",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: NOT_BUNDLED }, ({ path: name, namespace }) =>
      namespace === "required" ? { path: name, external: true } : { path: name, namespace: "required" },
    );
    onResolve({ filter: /^@?cdktn(\/|$)/, namespace: "required" }, external);
    onLoad({ filter: /./, namespace: "required" }, ({ path: name }) => ({
      contents: loaded(name),
    }));
  },
};

const external = ({ path: name }) => ({ path: name, external: true });

/**
 * A package, found when it is loaded: that of cdktf where it is installed, else that of CDK
 * Terrain.
 */
function loaded(name) {
  const other = inCdktn(name);
  if (other === name && !DECLARING.includes(name))
    return `module.exports = require(${JSON.stringify(name)});`;
  return [
    "const isThere = (one) => { try { return require.resolve(`${one}/package.json`) !== ''; } catch { return false; } };",
    'const isCdktf = isThere("cdktf") || !isThere("cdktn");',
    "try {",
    `  module.exports = require(isCdktf ? ${JSON.stringify(name)} : ${JSON.stringify(other)});`,
    "} catch (cause) {",
    `  const names = isCdktf ? ${JSON.stringify(DECLARING)} : ${JSON.stringify(DECLARING.map(inCdktn))};`,
    '  const missing = names.filter((one) => !isThere(one)).join(" ");',
    '  if (missing === "") throw cause;',
    "  const message = `the stacks cannot be declared: these packages are not installed: ${missing}`;",
    '  throw Object.assign(new Error(`${message}\\n  → npm install ${missing}`), { code: "packages-missing" });',
    "}",
  ].join("\n");
}

function inCdktn(name) {
  return OF_CDKTN.reduce((text, [pattern, other]) => text.replace(pattern, other), name);
}

/** zod has its messages in 50 languages, of which this project uses none but English. */
const oneLocale = {
  name: "one-locale",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, ({ path: file }) => ({
      contents: 'export { default as en } from "./en.js";',
      resolveDir: path.dirname(file),
    }));
  },
};

module.exports = { bundle };
