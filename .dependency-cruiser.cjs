// Module boundaries (docs/decisions/0001-modules.md): what may import what.

/** What every layer may import: errors, and how a command is named. */
const ROOT_FILES = "^lib/(errors|command-name)\\.ts$";

const above = (module, allowed) => ({
  name: `layers-${module}`,
  severity: "error",
  from: { path: `^lib/${module}/` },
  to: { path: "^lib/", pathNot: [`^lib/(${[module, ...allowed].join("|")})/`, ROOT_FILES] },
});

/** Inside a module: which of its folders a folder may import. */
const inside = (module, folder, allowed) => ({
  name: `layers-${module.replaceAll("/", "-")}-${folder}`,
  severity: "error",
  from: { path: `^lib/${module}/${folder}/` },
  to: {
    path: `^lib/${module}/`,
    pathNot: [`^lib/${module}/(${[folder, ...allowed].join("|")})/`],
  },
});

// The folders of dev/sandbox, lowest first; each may import those before it (docs/sandbox.md).
const SANDBOX_LAYERS = [
  ...["environment", "process", "http", "circleci", "runner", "moto", "protocol"],
  ...["account", "authenticate", "authorize", "sts", "proxy"],
];
const sandboxLayer = (folder, index) => ({
  name: `sandbox-${folder}`,
  severity: "error",
  from: { path: `^dev/sandbox/${folder}/` },
  to: {
    path: "^dev/(?!sandbox/)|^dev/sandbox/",
    pathNot: `^dev/sandbox/(${SANDBOX_LAYERS.slice(0, index + 1).join("|")})/`,
  },
});

const CORE = ["collections", "config", "token", "iam"];

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "pure-core",
      comment: "what decides never touches files, network, clock, AWS or cdktf; data comes in as a value",
      severity: "error",
      from: { path: "^lib/(collections|config|token|iam|describe|plan|diff|report|html|sarif)/" },
      to: {
        pathNot: [
          "^lib/(collections|config|token|iam|describe|plan|diff|report|html|sarif)/",
          ROOT_FILES,
          "^node_modules/(zod|yaml)/",
          "^(node:)?(util|crypto)$",
        ],
      },
    },
    {
      name: "no-library-in-the-subject",
      comment: "tokens and policies are ours and free of dependencies",
      severity: "error",
      from: { path: "^lib/(collections|token|iam|describe)/" },
      to: { path: "^node_modules/" },
    },
    above("collections", []),
    above("token", ["collections", "config"]),
    above("config", ["collections", "token"]),
    above("iam", CORE),
    inside("iam", "language", []),
    inside("iam", "data", ["language"]),
    inside("iam", "automata", []),
    inside("iam", "evaluate", ["automata", "language"]),
    inside("iam", "prove", ["automata", "data", "evaluate", "language"]),
    inside("iam", "write", ["automata", "data", "language", "prove"]),
    inside("iam", "audit", ["automata", "evaluate", "language", "prove"]),
    inside("iam", "risk", ["data", "evaluate", "language", "prove"]),
    inside("iam/prove", "core", []),
    inside("iam/prove", "keys", ["core"]),
    inside("iam/prove", "search", ["core", "keys"]),
    inside("iam/prove", "tokens", ["core", "keys", "search"]),
    inside("iam/prove", "requests", ["core", "keys", "search"]),
    inside("iam/write", "buckets", []),
    inside("iam/write", "deploys", []),
    inside("iam/write", "trust", []),
    inside("iam/write", "terraform", ["buckets", "deploys"]),
    inside("iam/audit", "core", []),
    inside("iam/audit", "ineffective", ["core"]),
    inside("iam/audit", "rules", ["core", "ineffective"]),
    above("describe", CORE),
    above("plan", [...CORE, "describe"]),
    above("diff", [...CORE, "describe", "plan"]),
    above("audit", [...CORE, "describe", "plan", "project", "terminal", "sarif"]),
    above("sarif", []),
    ...[
      ["model", []],
      ["requests", ["model"]],
      ["tokens", ["model", "requests"]],
      ["context", ["model", "requests", "tokens"]],
      ["coverage", ["model"]],
      ["permissions", ["model", "requests", "tokens", "context"]],
      ["risk", ["model", "requests", "tokens", "context", "permissions"]],
      ["findings", ["model", "requests", "tokens", "context", "permissions", "risk"]],
      ["handlers", ["model", "requests", "tokens", "context", "coverage", "permissions", "risk"]],
      ["reading", ["model", "coverage", "handlers"]],
    ].map(([part, allowed]) => ({
      name: `layers-diff-${part}`,
      comment: "how a plan becomes access changes: lib/diff/README.md",
      severity: "error",
      from: { path: `^lib/diff/${part}/` },
      to: { path: "^lib/diff/", pathNot: `^lib/diff/(${[part, ...allowed].join("|")})/` },
    })),
    {
      name: "masked-plans-only",
      comment: "lib/plan masks a plan once, in readMaskedPlan; nothing after it sees or masks a secret",
      severity: "error",
      from: { path: "^lib/(diff|report|deliver|hosts)/" },
      to: {
        path: "^lib/plan/(sensitive/(masking|secrets|needles|find-needles|escapes)|mask-[a-z]+)\\.ts$",
      },
    },
    {
      name: "handlers-know-no-list",
      comment: "what all handlers share is below each of them",
      severity: "error",
      from: { path: "^lib/diff/handlers/[^/]+\\.ts$" },
      to: { path: "^lib/diff/handlers/[^/]+/" },
    },
    {
      name: "report-below-deliver",
      comment: "a report is made of data; how it was planned and where it is posted is not its concern",
      severity: "error",
      from: { path: "^lib/(report|hosts)/" },
      to: { path: "^lib/(deliver|terraform|adopt|start|circleci)/" },
    },
    inside("report", "model", []),
    inside("report", "verdict", ["model"]),
    inside("report", "rows", ["model", "verdict"]),
    inside("report", "document", ["model", "verdict", "rows"]),
    inside("report", "markdown", ["model", "verdict", "rows", "document"]),
    inside("report", "html", ["model", "verdict", "rows", "document"]),
    inside("report", "sarif", ["model", "verdict", "rows"]),
    {
      name: "hosts-know-no-review",
      comment: "a host gets a text and a marker; what the text says is not its concern",
      severity: "error",
      from: { path: "^lib/hosts/" },
      to: { path: "^lib/", pathNot: ["^lib/(hosts|http|project|collections)/", ROOT_FILES] },
    },
    inside("deliver", "stacks", []),
    inside("deliver", "kept", []),
    inside("deliver", "changed-since", ["stacks"]),
    inside("deliver", "shards", ["kept"]),
    inside("deliver", "plan", ["stacks", "kept", "changed-since", "shards"]),
    inside("deliver", "plan-files", []),
    inside("deliver", "apply", ["stacks", "kept"]),
    inside("deliver", "call", []),
    inside("deliver", "publish", []),
    inside("deliver", "upgrade", ["stacks"]),
    {
      name: "understanding-is-pure",
      comment: "what a trust policy says is decided from its text alone, by proof",
      severity: "error",
      from: { path: "^lib/adopt/understand/" },
      to: {
        pathNot: ["^lib/adopt/(understand|inventory)/", "^lib/(collections|config|token|iam)/", ROOT_FILES],
      },
    },
    {
      name: "adopt-parts-below-adopt",
      comment: "the files of lib/adopt itself connect its parts; a part imports other parts only",
      severity: "error",
      from: { path: "^lib/adopt/[^/]+/" },
      to: { path: "^lib/adopt/[^/]+\\.ts$" },
    },
    {
      name: "adopt-decides-without-aws",
      comment: "what is proposed, released and printed follows from an inventory that was read before",
      severity: "error",
      from: { path: "^lib/adopt/(inventory|understand|propose|release|imports|print)/" },
      to: { path: "^(lib/(adopt/discover|aws|process|terraform)/|node_modules/@aws-sdk/)" },
    },
    {
      name: "adopt-prints-last",
      comment: "nothing that decides imports what prints",
      severity: "error",
      from: { path: "^lib/adopt/(?!print/)" },
      to: { path: "^lib/adopt/print/" },
    },
    {
      name: "start-commands-stand-alone",
      comment: "what the commands of lib/start share is in lib/start/state and lib/start/host.ts",
      severity: "error",
      from: { path: "^lib/start/(init|ids|doctor|bootstrap|deploy|unlock)/" },
      to: { path: "^lib/start/", pathNot: "^lib/start/(($1|state)/|host\\.ts$)" },
    },
    {
      name: "start-prints-results",
      comment: "print.ts turns a result into text and asks nothing",
      severity: "error",
      from: { path: "^lib/start/[^/]+/print\\.ts$" },
      to: { path: "^(lib/(aws|circleci|project|terraform|process)/|node_modules/@aws-sdk/)" },
    },
    {
      name: "edits-are-pure",
      comment: "text in, text out: what is edited by place has to be testable with every text",
      severity: "error",
      from: { path: "^lib/config/yaml/" },
      to: {
        pathNot: ["^lib/(config/yaml|collections)/", ROOT_FILES, "^node_modules/yaml/", "^(node:)?util$"],
      },
    },
    // access.yaml: yaml ← rules ← schema ← model; checks read the tree of the file, not the schema.
    inside("config", "rules", ["yaml"]),
    inside("config", "schema", ["rules", "yaml"]),
    inside("config", "model", ["rules", "schema"]),
    inside("config", "checks", ["model", "rules", "yaml"]),
    {
      name: "http-knows-no-host",
      comment: "what GitHub, GitLab, Bitbucket and CircleCI share belongs to none of them",
      severity: "error",
      from: { path: "^lib/http/" },
      to: { path: "^lib/(?!http/|errors\\.ts$)" },
    },
    {
      name: "steps-know-no-pipeline",
      comment: "a deploy preset is made of steps; the pipeline puts them together",
      severity: "error",
      from: { path: "^lib/circleci/(job|deploys)/" },
      to: { path: "^lib/circleci/", pathNot: "^lib/circleci/(job|deploys)/" },
    },
    {
      name: "stacks-stand-alone",
      comment: "only stacks/index.ts wires stacks together",
      severity: "error",
      from: { path: "^stacks/(?!index\\.ts$)" },
      to: { path: "^stacks/" },
    },
    {
      name: "constructs-below-stacks",
      severity: "error",
      from: { path: "^constructs/" },
      to: { path: "^(stacks|cli|dev|main\\.ts)" },
    },
    {
      name: "cli-is-the-top",
      severity: "error",
      from: { pathNot: "^(cli|__tests__)/" },
      to: { path: "^cli/" },
    },
    {
      name: "dev-is-not-shipped",
      comment: "the sandbox, the demo, the bench and test tools: only commands start them",
      severity: "error",
      from: { pathNot: "^(dev|cli|__tests__)/|^api/testing\\.ts$" },
      to: { path: "^dev/" },
    },
    ...SANDBOX_LAYERS.map(sandboxLayer),
    {
      name: "sandbox-circleci-and-aws-apart",
      comment: "the local CircleCI and the local AWS meet over HTTP only",
      severity: "error",
      from: { path: "^dev/sandbox/(moto|protocol|account|authenticate|authorize|sts|proxy)/" },
      to: { path: "^dev/sandbox/(circleci|runner)/" },
    },
    {
      name: "lib-below-all",
      severity: "error",
      from: { path: "^lib/" },
      to: { path: "^(cli|dev|stacks|constructs|main\\.ts|__tests__)" },
    },
    {
      name: "tests-are-not-imported",
      severity: "error",
      from: { pathNot: "^__tests__/" },
      to: { path: "^__tests__/" },
    },
    {
      name: "no-provider-barrel",
      comment: "the barrel costs seconds and hundreds of megabytes",
      severity: "error",
      from: {},
      to: { path: "^node_modules/@cdktf/provider-aws/lib/index" },
    },
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    { name: "resolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
    {
      name: "no-dev-dependency-at-run-time",
      severity: "error",
      from: {
        path: "^(cli|lib|dev|stacks|constructs|main\\.ts)",
        pathNot: "^(cli/(test|bench)\\.ts$|dev/(tools|bench|package)/)",
      },
      to: { dependencyTypes: ["npm-dev"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(cdktf\\.out|\\.cache|dist|dev/bench/template|template)" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default"],
      // Longer than a run: on a busy machine the default of 4 seconds reads every package.json again.
      cachedInputFileSystem: { cacheDuration: 600_000 },
    },
  },
};
