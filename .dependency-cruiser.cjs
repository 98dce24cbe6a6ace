/** The walls of docs/decisions/0001-rooms.md: what may import what. @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "pure-core",
      comment:
        "lib/access, lib/token and lib/iam decide; they never touch files, network, clock, AWS or cdktf",
      severity: "error",
      from: { path: "^lib/(access|token|iam)/" },
      to: { pathNot: ["^lib/(access|token|iam)/", "^lib/errors\\.ts$", "^node_modules/(zod|yaml)/"] },
    },
    {
      name: "no-library-in-the-subject",
      comment: "tokens and policies are ours and free of dependencies",
      severity: "error",
      from: { path: "^lib/(token|iam)/" },
      to: { path: "^node_modules/" },
    },
    {
      name: "understanding-is-pure",
      comment: "what a trust policy says is decided from its text alone, by proof",
      severity: "error",
      from: { path: "^lib/adopt/understand/" },
      to: {
        pathNot: [
          "^lib/adopt/(understand/|inventory\\.ts$)",
          "^lib/(access|token|iam)/",
          "^lib/errors\\.ts$",
        ],
      },
    },
    {
      name: "edits-are-pure",
      comment: "text in, text out: what is edited by place has to be testable with every text",
      severity: "error",
      from: { path: "^lib/(access-edit|yaml)/" },
      to: {
        pathNot: ["^lib/(access-edit|yaml)/", "^lib/errors\\.ts$", "^node_modules/yaml/", "^(node:)?util$"],
      },
    },
    {
      name: "http-knows-no-host",
      comment: "what GitHub, GitLab, Bitbucket and CircleCI share is none of theirs",
      severity: "error",
      from: { path: "^lib/http/" },
      to: { path: "^lib/(?!http/|errors\\.ts$)" },
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
      to: { path: "^(stacks|cli|main\\.ts)" },
    },
    {
      name: "nobody-imports-cli",
      severity: "error",
      from: { pathNot: "^cli/" },
      to: { path: "^cli/" },
    },
    {
      name: "lib-below-all",
      severity: "error",
      from: { path: "^lib/" },
      to: { path: "^(cli|stacks|constructs|main\\.ts|__tests__)" },
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
      from: { path: "^(cli|lib|stacks|constructs|main\\.ts)", pathNot: "^cli/(test|bench)\\.ts$" },
      to: { dependencyTypes: ["npm-dev"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(cdktf\\.out|\\.cache|bench/template)" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default"],
    },
  },
};
