import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { projectJobs } from "../../lib/circleci/jobs";
import { mergeConfig } from "../../lib/circleci/merge-config";
import { pipeline } from "../../lib/circleci/pipeline";
import { refFilterWithout } from "../../lib/circleci/ref-filter";
import { writeConfig } from "../../lib/circleci/write-config";
import { accessFromText } from "../../lib/config/load";
import { grantingProjects } from "../../lib/config/model/grants";
import type { Access, Account, Project, Role } from "../../lib/config/model/model";
import { withTerraformScope } from "../../lib/config/model/terraform-scope";
import { repositoryRoot } from "../../lib/programs/cache";
import { readAccess } from "../../lib/project/read-access";
import { aGrant, anAccess, anAccount, anyRef, aProject, aRole, bob, only, refs } from "../fixtures/access";
import { validConfig } from "./valid-config";

const OWN_CONFIG = path.join(repositoryRoot, ".circleci", "config.yml");
const example = readAccess(path.join(repositoryRoot, "examples", "infrastructure", "access.yaml"));
const TASK = /^(plan|apply)/;

const plan = aRole({ key: "plan", name: "infrastructure-plan", grant: aGrant({ refs: anyRef }) });
const apply = aRole({
  key: "apply",
  name: "infrastructure-apply",
  grant: aGrant({ refs: refs({ branches: ["main"] }) }),
});

/** Roles whose keys begin with plan or apply run Terraform. */
function infrastructure(
  roles: readonly Role[],
  differences: Partial<Project["pipeline"]> = {},
  accounts: readonly Account[] = [anAccount()],
): Project {
  const project = aProject({ key: "infrastructure", roles });
  const access: Access = anAccess({
    accounts,
    projects: [{ ...project, pipeline: { ...project.pipeline, ...differences } }],
  });
  const [built] = grantingProjects(
    withTerraformScope(access, (_, role) => {
      const [, task] = TASK.exec(role) ?? [];
      return task === "plan" || task === "apply" ? task : undefined;
    }),
  );
  if (built === undefined) throw new Error("there is a project");
  return built;
}

/** What each job runs that is ours to say, and how it is started. */
function shapeOf(project: Project): unknown {
  validConfig(writeConfig(project));
  return projectJobs(project).map(({ name, job, start }) => ({
    name,
    ...start,
    ...(job?.parallelism === undefined ? {} : { machines: job.parallelism }),
    steps: (job?.steps ?? []).map((step) => {
      if (typeof step === "string") return step;
      if ("run" in step) return step.run.command.startsWith("#") ? "name the session" : step.run.command;
      if ("aws-cli/setup" in step) return `assume ${step["aws-cli/setup"].role_arn?.split("/").at(-1)}`;
      return Object.keys(step).join();
    }),
  }));
}

const POST = "--post --run << pipeline.number >>.$CIRCLE_BUILD_NUM";
const REPORT = "--markdown plans/review.md --html plans/review.html --json plans/review.json";
const SYNTH = ["checkout", "npm run -s synth"];
const assumed = (role: string) => [
  "name the session",
  `assume infrastructure-${role}`,
  "aws sts get-caller-identity",
];
const STORED = ["store_artifacts", "store_artifacts", "store_artifacts"];
const ON_MAIN = 'pipeline.git.branch == "main"';
const ELSEWHERE = 'pipeline.git.branch != "" and pipeline.git.branch != "main"';

test("a change is reviewed; a merged change is planned, approved and applied", () => {
  const posting = { ...plan, pipeline: { run: [], contexts: ["comments"] } };
  expect(shapeOf(infrastructure([apply, posting], { contexts: ["org"] }))).toEqual([
    {
      name: "review",
      filters: ELSEWHERE,
      context: ["org", "comments"],
      steps: [
        ...[...SYNTH, ...assumed("plan")],
        `npm run -s oidc -- review --read-only --out plans ${POST} ${REPORT}`,
        ...STORED,
      ],
    },
    {
      name: "plan",
      filters: ON_MAIN,
      context: ["org"],
      steps: [
        ...[...SYNTH, ...assumed("plan")],
        `npm run -s oidc -- review --read-only --out plans ${REPORT}`,
        ...["persist_to_workspace", ...STORED],
      ],
    },
    { name: "approve", type: "approval", requires: ["plan"], filters: ON_MAIN, steps: [] },
    {
      name: "apply",
      requires: ["approve"],
      filters: ON_MAIN,
      context: ["org"],
      steps: [
        ...[...SYNTH, "attach_workspace", ...assumed("apply")],
        "npm run -s oidc -- apply --reviewed plans",
      ],
    },
  ]);
});

test("on several machines each plans a shard, and the job that merges the shards has no credentials", () => {
  const share = [
    ...[...SYNTH, ...assumed("plan")],
    "npm run -s oidc -- review --read-only --shard --out plans",
    "persist_to_workspace",
  ];
  const merge = [...SYNTH, "attach_workspace"];
  expect(shapeOf(infrastructure([apply, plan], { parallelism: 8 }))).toEqual([
    { name: "review", machines: 8, filters: ELSEWHERE, steps: share },
    {
      name: "review-merge",
      requires: ["review"],
      filters: ELSEWHERE,
      steps: [...merge, `npm run -s oidc -- review --merge plans ${POST} ${REPORT}`, ...STORED],
    },
    { name: "plan", machines: 8, filters: ON_MAIN, steps: share },
    {
      name: "plan-merge",
      requires: ["plan"],
      filters: ON_MAIN,
      steps: [
        ...merge,
        `npm run -s oidc -- review --merge plans ${REPORT}`,
        "persist_to_workspace",
        ...STORED,
      ],
    },
    { name: "approve", type: "approval", requires: ["plan-merge"], filters: ON_MAIN, steps: [] },
    { name: "apply", requires: ["approve"], filters: ON_MAIN, steps: expect.any(Array) },
  ]);
});

test("no two jobs persist a file of the same name", () => {
  const kept = projectJobs(infrastructure([apply, plan], { parallelism: 8 })).flatMap(({ name, job }) =>
    (job?.steps ?? []).flatMap((step) =>
      typeof step === "object" && "persist_to_workspace" in step
        ? [[name, ...step.persist_to_workspace.paths]]
        : [],
    ),
  );
  expect(kept).toEqual([
    ["review", "plans"],
    ["plan", "plans"],
    ["plan-merge", "plans/reviewed.json"],
  ]);
});

test("without a role that applies, every branch is only reviewed", () => {
  expect(projectJobs(infrastructure([plan])).map(({ name, start }) => [name, start])).toEqual([
    ["review", {}],
  ]);
});

test("where the state is encrypted, jobs that run Terraform run OpenTofu, by the name that the file gives it", () => {
  const programsIn = (account: Account, pipeline: Partial<Project["pipeline"]>) =>
    projectJobs(
      infrastructure(
        [
          { ...apply, account },
          { ...plan, account },
        ],
        pipeline,
        [account],
      ),
    ).map(({ name, job }) => [name, job?.environment?.TERRAFORM_BINARY_NAME]);
  const plain = anAccount();
  const encrypted = { ...plain, stateEncryption: { keyProvider: "pbkdf2", migrates: false } } as const;
  const jobs = (program: string | undefined) => [
    ...[
      ["review", program],
      ["plan", program],
      ["approve", undefined],
      ["apply", program],
    ],
  ];
  expect(programsIn(encrypted, {})).toEqual(jobs("tofu"));
  const environment = { TERRAFORM_BINARY_NAME: "/opt/tofu-1.10/tofu" };
  expect(programsIn(encrypted, { environment })).toEqual(jobs("/opt/tofu-1.10/tofu"));
  expect(programsIn(plain, {})).toEqual(jobs(undefined));
});

test("builds run before any credentials, and the project's other roles keep their jobs", () => {
  const jobs = projectJobs(infrastructure([apply, plan, aRole({ key: "deploy" })], { build: ["npm ci"] }));
  expect(jobs.map(({ name }) => name)).toEqual(["deploy", "review", "plan", "approve", "apply"]);
  for (const { job } of jobs) {
    if (job !== undefined) expect(job.steps[1]).toEqual({ run: { name: "npm ci", command: "npm ci" } });
  }
});

describe("after a job of the configuration", () => {
  const text = (filters: string) => `version: 2.1
jobs:
  validate:
    docker: [{ image: cimg/node:22.11 }]
    steps: [checkout]
workflows:
  access:
    jobs:
      - validate: ${filters}
`;
  const joining = infrastructure([apply, plan], { workflow: "access", after: ["validate"] });
  const merge = (filters: string) => mergeConfig(joining, text(filters), "config.yml");

  test("reviews run on branches and plans on main, so the job needs no filter for tags", () => {
    const { workflows } = validConfig<{
      readonly workflows: { readonly access: { readonly jobs: readonly unknown[] } };
    }>(merge("{}"));
    expect(workflows.access.jobs.slice(1, 3)).toEqual([
      { review: { requires: ["validate"], filters: ELSEWHERE } },
      { plan: { requires: ["validate"], filters: ON_MAIN } },
    ]);
  });

  test.each([
    "{ filters: { branches: { only: /.*/ } } }",
    "{ filters: { branches: { only: [/.*/] }, tags: { only: /v.*/ } } }",
  ])("a job with %s is waited for", (filters) => {
    expect(merge(filters)).toContain("requires:");
  });

  test.each([
    [
      "{ filters: { branches: { only: main } } }",
      /review waits for "validate", which does not run on every branch except main:/,
    ],
    ["{ filters: { branches: { ignore: main } } }", /plan waits for "validate", which does not run on main:/],
    [
      "{ filters: { branches: { ignore: /gh-.*/ } } }",
      /review waits for "validate", which does not run on gh-\*:/,
    ],
  ])("a job with %s is refused", (filters, message) => {
    expect(() => merge(filters)).toThrow(
      expect.objectContaining({ message: expect.stringMatching(message) }),
    );
  });
});

test("in a file with several accounts, the stacks of the one with a role are reviewed", () => {
  const accounts = [anAccount(), anAccount({ key: "other", id: "210987654321" })];
  const commands = (differences: Partial<Project["pipeline"]>) =>
    JSON.stringify(shapeOf(infrastructure([plan], differences, accounts)));
  expect(commands({})).toContain("review --account main --read-only --out plans");
  const onTwo = commands({ parallelism: 2 });
  expect(onTwo).toContain("review --account main --read-only --shard --out plans");
  expect(onTwo).toContain("review --merge plans --account main --post");
});

describe("two accounts", () => {
  const staging = anAccount({ key: "staging" });
  const production = anAccount({ key: "production", id: "210987654321" });
  const both = [production, staging];
  /** The same role in an account, under a key and a name of its own. */
  const of = (role: Role, account: Account, pipeline: Partial<Role["pipeline"]> = {}): Role => ({
    ...role,
    account,
    key: `${role.key}-${account.key}`,
    name: `${role.name}-${account.key}`,
    pipeline: { ...role.pipeline, ...pipeline },
  });
  const roles = [
    of(apply, production, { after: ["apply-staging"] }),
    of(apply, staging),
    of(plan, production, { contexts: ["comments"] }),
    of(plan, staging),
  ];
  const inFolder = (name: string) =>
    `--markdown plans/${name}/review.md --html plans/${name}/review.html --json plans/${name}/review.json`;

  test("one comment reviews both; staging is applied before production is approved", () => {
    const reviewed = (name: string) => ({
      name: `review-${name}`,
      filters: ELSEWHERE,
      steps: [
        ...[...SYNTH, ...assumed(`plan-${name}`)],
        `npm run -s oidc -- review --account ${name} --read-only --shard 1/1 --out plans`,
        "persist_to_workspace",
      ],
    });
    const planned = (name: string) => ({
      name: `plan-${name}`,
      filters: ON_MAIN,
      steps: [
        ...[...SYNTH, ...assumed(`plan-${name}`)],
        `npm run -s oidc -- review --account ${name} --read-only --out plans/${name} ${inFolder(name)}`,
        ...["persist_to_workspace", ...STORED],
      ],
    });
    const applied = (name: string) => ({
      name: `apply-${name}`,
      requires: [`approve-${name}`],
      filters: ON_MAIN,
      steps: [
        ...[...SYNTH, "attach_workspace", ...assumed(`apply-${name}`)],
        `npm run -s oidc -- apply --reviewed plans/${name}`,
      ],
    });
    const approved = (name: string, requires: readonly string[]) => ({
      name: `approve-${name}`,
      type: "approval",
      requires,
      filters: ON_MAIN,
      steps: [],
    });
    expect(shapeOf(infrastructure(roles, {}, both))).toEqual([
      reviewed("production"),
      reviewed("staging"),
      {
        name: "review",
        requires: ["review-production", "review-staging"],
        filters: ELSEWHERE,
        context: ["comments"],
        steps: [
          ...[...SYNTH, "attach_workspace"],
          `npm run -s oidc -- review --merge plans --account production --account staging ${POST} ${REPORT}`,
          ...STORED,
        ],
      },
      ...[planned("staging"), approved("staging", ["plan-staging"]), applied("staging")],
      ...[
        planned("production"),
        approved("production", ["plan-production", "apply-staging"]),
        applied("production"),
      ],
    ]);
  });

  test.each(["merge", "review", "all"])("an account called %s has jobs of its own", (key) => {
    const other = anAccount({ key, id: "210987654321" });
    const names = projectJobs(infrastructure([of(plan, other), of(plan, staging)], {}, [other, staging])).map(
      ({ name }) => name,
    );
    expect(names).toEqual([`review-${key}`, "review-staging", "review"]);
  });

  test("the page on several accounts lists the jobs of its file", () => {
    const page = readFileSync(path.join(repositoryRoot, "docs", "examples", "several-accounts.md"), "utf8");
    const blocks = [...page.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, block = ""]) => block);
    expect(blocks).toHaveLength(2);
    const documented = grantingProjects(accessFromText(blocks.join(""), "access.yaml")).find(
      ({ key }) => key === "infrastructure",
    );
    if (documented === undefined) throw new Error("no project");
    validConfig(writeConfig(documented));
    const jobs = projectJobs(documented);
    for (const { name } of jobs) expect(page).toContain(`\`${name}\``);
    expect(jobs.find(({ name }) => name === "approve-production")?.start.requires).toEqual([
      "plan-production",
      "apply-staging",
    ]);
  });

  test("on several machines for each account, no two jobs persist a file of the same name", () => {
    const jobs = projectJobs(infrastructure(roles, { parallelism: 4 }, both));
    const kept = jobs.flatMap(({ name, job }) =>
      (job?.steps ?? []).flatMap((step) =>
        typeof step === "object" && "persist_to_workspace" in step
          ? [[name, ...step.persist_to_workspace.paths]]
          : [],
      ),
    );
    expect(kept).toEqual([
      ["review-production", "plans"],
      ["review-staging", "plans"],
      ["plan-staging", "plans/staging"],
      ["plan-staging-merge", "plans/staging/reviewed.json"],
      ["plan-production", "plans/production"],
      ["plan-production-merge", "plans/production/reviewed.json"],
    ]);
    // Files in one folder are of one account: `shard-<account>-1-of-4.json`, `<account>-state.plan`.
    expect(JSON.stringify(jobs)).toContain("--account staging --read-only --shard --out plans");
  });

  test("the approval's name, and a job of the workflow to wait for, come from the apply role", () => {
    const [, stagingApply, ...others] = roles;
    if (stagingApply === undefined) throw new Error("no role");
    const production2 = of(apply, production, { after: ["apply-staging", "e2e"], approval: "go-live" });
    const jobs = projectJobs(infrastructure([production2, stagingApply, ...others], {}, both));
    expect(jobs.find(({ name }) => name === "go-live")).toMatchObject({
      start: { type: "approval", requires: ["plan-production", "apply-staging", "e2e"] },
      outside: { jobs: ["e2e"] },
    });
    expect(jobs.find(({ name }) => name === "apply-production")?.start.requires).toEqual(["go-live"]);
  });

  test.each<[what: string, of: readonly Role[], found: string]>([
    [
      "an account that is not planned from every ref of the other",
      [of(plan, staging), { ...of(plan, production), grant: aGrant({ refs: refs({ branches: ["main"] }) }) }],
      "plan-production",
    ],
    [
      "an account that not everyone may plan",
      [of(plan, staging), { ...of(plan, production), grant: aGrant({ people: only(bob), refs: anyRef }) }],
      "plan-production",
    ],
    [
      "an account that waits for one that is applied from other refs",
      [
        ...[of(plan, staging), of(plan, production), of(apply, production, { after: ["apply-staging"] })],
        { ...of(apply, staging), grant: aGrant({ refs: refs({ branches: ["next"] }) }) },
      ],
      "apply-staging",
    ],
  ])("%s is an error", (_, all, found) => {
    expect(() => projectJobs(infrastructure(all, {}, both))).toThrow(
      expect.objectContaining({ code: "pipeline-never-runs", found, exitCode: 2 }),
    );
  });
});

test.each<[what: string, roles: readonly Role[], code: string, found: string]>([
  ["a role called review", [plan, aRole({ key: "review" })], "pipeline-clash", "review"],
  ["a role called approve", [plan, apply, aRole({ key: "approve" })], "pipeline-clash", "approve"],
  [
    "a role that does not plan what is applied",
    [{ ...plan, grant: aGrant({ refs: refs({ branches: ["next"] }) }) }, apply],
    "pipeline-never-runs",
    "plan",
  ],
  [
    "a role that plans for other people than those who may apply",
    [{ ...plan, grant: aGrant({ people: only(bob), refs: anyRef }) }, apply],
    "pipeline-never-runs",
    "plan",
  ],
])("%s is an error", (_, roles, code, found) => {
  expect(() => projectJobs(infrastructure(roles))).toThrow(
    expect.objectContaining({ code, found, exitCode: 2 }),
  );
});

describe("refs without those of another role", () => {
  const main = refs({ branches: ["main"] });
  test.each([
    ["any, without none", anyRef, undefined, {}],
    ["any, without main", anyRef, main, { filters: ELSEWHERE }],
    [
      "any, without a pattern",
      anyRef,
      refs({ branches: ["release/*"] }),
      { filters: 'pipeline.git.branch != "" and not (pipeline.git.branch starts-with "release/")' },
    ],
    ["any, without any", anyRef, anyRef, undefined],
    ["main, without main", main, main, undefined],
    [
      "a list, without one of it",
      refs({ branches: ["main", "next"], tags: ["v*"] }),
      refs({ branches: ["main"], tags: ["v1"] }),
      {
        filters:
          'pipeline.git.branch == "next" or pipeline.git.tag starts-with "v" and pipeline.git.tag != "v1"',
      },
    ],
  ])("%s", (_, of, others, expected) => {
    expect(refFilterWithout(of, others)).toEqual(expected);
  });
});

describe("in an existing config", () => {
  const THEIRS =
    "version: 2.1\njobs:\n  test:\n    docker: [{ image: a }]\n    steps: [checkout]\nworkflows:\n  infrastructure:\n    jobs:\n      - test # first\n";
  const whole = infrastructure([apply, plan]);
  const merge = (text: string, project = whole) => mergeConfig(project, text, "config.yml");

  test("the approval is added once, and removed with its jobs", () => {
    const merged = merge(THEIRS);
    validConfig(merged);
    expect(merged).toContain("      - test # first\n");
    expect(merge(merged)).toBe(merged);
    const without = merge(merged, infrastructure([plan]));
    expect(parse(without).workflows.infrastructure.jobs).toEqual(["test", "review"]);
    expect(without).not.toContain("approve");
  });

  test.each([
    ["an approval", "      - approve: { type: approval, requires: [test] }\n"],
    ["a job", "      - approve\n"],
  ])("%s of that name that is not ours is an error", (_, line) => {
    expect(() => merge(THEIRS + line)).toThrow(
      expect.objectContaining({ code: "pipeline-clash", exitCode: 2 }),
    );
  });
});

describe("this repository's own config", () => {
  test("has the generated jobs, tests, the bindings of another AWS provider, and synth", () => {
    expect(pipeline(example, { project: "infrastructure", check: true, file: OWN_CONFIG })).toContain(
      "is up to date",
    );
    expect(validConfig(readFileSync(OWN_CONFIG, "utf8"))).toMatchObject({
      jobs: {
        test: {
          steps: [
            "checkout",
            { run: { name: "Install Chrome, for the tests that open reports in a browser" } },
            { run: "npm test" },
          ],
        },
        "provider-6": { steps: ["checkout", { run: "npm run check -- --provider 6" }] },
        synth: {},
      },
      workflows: {
        infrastructure: {
          jobs: [
            ...["test", "provider-6", "synth"],
            { review: { filters: ELSEWHERE, context: ["pull-request-comments"] } },
            { plan: { filters: ON_MAIN } },
            { approve: { type: "approval", requires: ["plan"], filters: ON_MAIN } },
            { apply: { requires: ["approve"], filters: ON_MAIN } },
          ],
        },
      },
    });
  });
});
