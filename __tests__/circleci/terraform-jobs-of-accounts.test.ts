import { readFileSync } from "node:fs";
import path from "node:path";
import { projectJobs } from "../../lib/circleci/jobs";
import { writeConfig } from "../../lib/circleci/write-config";
import { accessFromText } from "../../lib/config/load";
import { grantingProjects } from "../../lib/config/model/grants";
import type { Account, Role } from "../../lib/config/model/model";
import { repositoryRoot } from "../../lib/programs/cache";
import { aGrant, anAccount, anyRef, bob, only, refs } from "../fixtures/access";
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
    // Files in one folder are of one account: `shard-<account>-1-of-4.json`,
    // `<account>-state.plan`.
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
