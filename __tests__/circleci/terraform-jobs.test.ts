import { projectJobs } from "../../lib/circleci/jobs";
import { mergeConfig } from "../../lib/circleci/merge-config";
import type { Account, Project, Role } from "../../lib/config/model/model";
import { aGrant, anAccount, anyRef, aRole, bob, only, refs } from "../fixtures/access";
import {
  apply,
  assumed,
  ELSEWHERE,
  infrastructure,
  ON_MAIN,
  POST,
  plan,
  REPORT,
  STORED,
  SYNTH,
  shapeOf,
} from "./terraform-project";
import { validConfig } from "./valid-config";

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
