import { DeleteRolePolicyCommand, GetRoleCommand, GetRolePolicyCommand } from "@aws-sdk/client-iam";
import { DeleteObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import type { Credentials } from "@aws-sdk/client-sts";
import { type Company, deployCompany, pipelineCommand, startCompany } from "../../dev/e2e/company";
import { accessText, commitAccess } from "../../dev/e2e/company-access-repository";
import { CompanyPushes, type Pushed } from "../../dev/e2e/company-pushes";
import { said } from "../../dev/e2e/ended";
import { edited } from "../../dev/e2e/talk";
import type { PipelineJob } from "../../dev/sandbox/runner/run-pipeline";
import { createS3Client } from "../../lib/aws/clients";
import type { AnyRole } from "../../lib/config/model/model";
import { explain } from "../../lib/explain/explain";
import { keysIn, statuses } from "../dev/sandbox/runner/results";
import { startGitHub } from "../hosts/fakes/fake-github";
import {
  type Call,
  images,
  invalidate,
  keyPairOf,
  register,
  statusOf,
  update,
  version,
} from "./company-calls";

jest.setTimeout(1_800_000);

const PROJECTS = ["storefront", "orders", "infrastructure"] as const;
const PEOPLE = ["ana", "ben", "chloe", "dev"] as const;
/** A CircleCI user who is not in access.yaml. */
const STRANGER = "99999999-9999-4999-8999-999999999999";
const FEATURE = "gift-cards";
const PULL_REQUEST = "renovate/vite-7.x";
const RELEASE = "orders-v1.4.0";

let company: Company;
let pushes: CompanyPushes;
const written: string[] = [];

/** Deployed once, with the pipelines in the repositories. */
beforeAll(async () => {
  company = await startCompany();
  await deployCompany(company);
  for (const round of [1, 2])
    for (const project of PROJECTS)
      written.push(`${round} ${await pipelineCommand(company, project, "--write")}`);
  for (const project of PROJECTS) written.push(`3 ${await pipelineCommand(company, project, "--check")}`);
  pushes = new CompanyPushes(company);
});

afterAll(async () => {
  pushes?.close();
  await company?.stop();
});

/** `project/role` of every role of access.yaml. */
function allRoles(): ReadonlyMap<string, AnyRole> {
  return new Map(
    company.access.projects.flatMap(({ key, roles }) =>
      roles.map((role) => [`${key}/${role.key}`, role] as const),
    ),
  );
}

function roleOf(name: string): AnyRole {
  const role = allRoles().get(name);
  if (role === undefined) throw new Error(`no role ${name}`);
  return role;
}

type Ref = Pick<Pushed, "branch" | "tag" | "origin">;

/** What `explain` answers, as `allow` or `deny`. */
function explained(role: string, pushed: Pushed): string {
  const { person, branch, tag, origin, project } = pushed;
  const [answer, ...more] = explain(() => company.access, {
    role,
    person,
    project,
    ...(branch === undefined ? {} : { branch }),
    ...(tag === undefined ? {} : { tag }),
    ...(origin === undefined ? {} : { origin }),
  });
  if (answer === undefined || more.length > 0) throw new Error(`${role}: one answer`);
  return answer.decision;
}

function wordsOf({ branch, tag, origin }: Ref): string {
  return `${origin === undefined ? "" : `${origin} `}${tag === undefined ? branch : `tag ${tag}`}`;
}

test("the pipelines are written into the configurations of both repositories, once", () => {
  const rounds = [1, 2, 3].map((round) => written.filter((line) => line.startsWith(`${round} `)));
  expect(rounds[0]).toEqual(PROJECTS.map(() => expect.stringContaining(" written: the jobs of ")));
  for (const round of rounds.slice(1))
    expect(round).toEqual(
      PROJECTS.map((project) => expect.stringContaining(` is up to date with ${project}`)),
    );
});

describe("AWS and explain give the same answer", () => {
  const REFS: readonly Ref[] = [
    { branch: "main" },
    { branch: FEATURE },
    { branch: PULL_REQUEST },
    { tag: RELEASE },
    { tag: "v1.4.0" },
    { branch: "main", origin: "github.com/mallory/shop" },
  ];

  /** Both answers for jobs of one project. */
  async function answers(
    role: string,
    project: string,
    people: readonly string[] = [...PEOPLE, STRANGER],
    refs = REFS,
  ): Promise<readonly (readonly [string, string, string])[]> {
    return Promise.all(
      people.flatMap((person) =>
        refs.map(async (ref) => {
          const pushed = { person, project, ...ref };
          const answer = await pushes.assume(pushed, roleOf(role));
          const aws = "keys" in answer ? "allow" : answer.error === "AccessDenied" ? "deny" : answer.error;
          return [`${person} ${wordsOf(ref)} → ${role}`, aws, explained(role, pushed)] as const;
        }),
      ),
    );
  }

  test("for every person, ref and role of the project that the job belongs to", async () => {
    const allowed: string[] = [];
    for (const role of allRoles().keys()) {
      const all = await answers(role, role.split("/")[0] ?? "");
      expect(all.map(([which, aws]) => [which, aws])).toEqual(all.map(([which, , own]) => [which, own]));
      allowed.push(...all.flatMap(([which, aws]) => (aws === "allow" ? [which] : [])));
    }
    const onMain = (role: string, ...people: readonly string[]) =>
      people.map((one) => `${one} main → ${role}`);
    const onRelease = (role: string) => ["ana", "chloe"].map((one) => `${one} tag ${RELEASE} → ${role}`);
    const anywhere = (role: string) =>
      [...PEOPLE, STRANGER].flatMap((one) =>
        REFS.filter(({ origin }) => origin === undefined).map((ref) => `${one} ${wordsOf(ref)} → ${role}`),
      );
    expect(allowed.sort()).toEqual(
      [
        ...anywhere("storefront/preview"),
        ...onMain("storefront/staging", ...PEOPLE, STRANGER),
        ...onMain("storefront/production", "ana", "ben"),
        ...onRelease("orders/release"),
        ...onRelease("orders/receipts"),
        ...anywhere("infrastructure/plan-staging"),
        ...anywhere("infrastructure/plan-production"),
        ...onMain("infrastructure/apply-staging", "ana"),
        ...onMain("infrastructure/apply-production", "ana"),
      ].sort(),
    );
  });

  test("no job of another project gets a role, not even of the project in the same repository", async () => {
    for (const role of allRoles().keys())
      for (const project of PROJECTS.filter((one) => !role.startsWith(`${one}/`))) {
        const all = await answers(role, project, ["ana", STRANGER], [{ branch: "main" }, { tag: RELEASE }]);
        expect(all.filter(([, aws, own]) => aws !== "deny" || own !== "deny")).toEqual([]);
      }
  });
});

describe("the pipelines, for every person on every ref", () => {
  /** The role of each generated job. */
  const ROLE_OF_JOB: Readonly<Record<string, string>> = {
    "storefront-preview": "storefront/preview",
    "storefront-staging": "storefront/staging",
    "storefront-production": "storefront/production",
    "orders-release": "orders/release",
    "orders-receipts": "orders/receipts",
    "review-staging": "infrastructure/plan-staging",
    "review-production": "infrastructure/plan-production",
    "plan-staging": "infrastructure/plan-staging",
    "plan-production": "infrastructure/plan-production",
    "apply-staging": "infrastructure/apply-staging",
    "apply-production": "infrastructure/apply-production",
  };
  const DENIED = /\(AccessDenied\) when calling the AssumeRoleWithWebIdentity operation: Not authorized/;
  const PREVIEW = ["storefront/preview"];
  const STAGED = [...PREVIEW, "storefront/staging"];
  const RELEASED = ["orders/release", "orders/receipts"];
  const PLANS = ["infrastructure/plan-production", "infrastructure/plan-staging"];
  const APPLIED = [...PLANS, "infrastructure/apply-staging", "infrastructure/apply-production"];
  const SITE = { "run-storefront": true };
  const SERVICE = { "run-orders": true };

  test.each<
    [
      project: string,
      ref: Ref,
      parameters: Readonly<Record<string, boolean>> | undefined,
      through: Readonly<Record<(typeof PEOPLE)[number], readonly string[]>>,
    ]
  >([
    [
      ...(["storefront", { branch: "main" }, SITE] as const),
      {
        ana: [...STAGED, "storefront/production"],
        ben: [...STAGED, "storefront/production"],
        chloe: STAGED,
        dev: STAGED,
      },
    ],
    ["storefront", { branch: FEATURE }, SITE, { ana: PREVIEW, ben: PREVIEW, chloe: PREVIEW, dev: PREVIEW }],
    [
      "storefront",
      { branch: PULL_REQUEST },
      SITE,
      { ana: PREVIEW, ben: PREVIEW, chloe: PREVIEW, dev: PREVIEW },
    ],
    ["orders", { branch: "main" }, SERVICE, { ana: [], ben: [], chloe: [], dev: [] }],
    ["orders", { branch: FEATURE }, SERVICE, { ana: [], ben: [], chloe: [], dev: [] }],
    ["orders", { tag: RELEASE }, SERVICE, { ana: RELEASED, ben: [], chloe: RELEASED, dev: [] }],
    // The other project of the repository starts the same workflows, and its jobs end at once.
    ["orders", { branch: "main" }, SITE, { ana: [], ben: [], chloe: [], dev: [] }],
    ["infrastructure", { branch: "main" }, undefined, { ana: APPLIED, ben: PLANS, chloe: PLANS, dev: PLANS }],
    [
      "infrastructure",
      { branch: PULL_REQUEST },
      undefined,
      { ana: PLANS, ben: PLANS, chloe: PLANS, dev: PLANS },
    ],
  ])("%s, %j with %j", async (project, ref, parameters, through) => {
    await Promise.all(
      PEOPLE.map(async (person) => {
        const pushed = { person, project, ...ref };
        const jobs = await pushes.run(pushed, parameters === undefined ? {} : { parameters });
        const ours = jobs.filter(({ name, result }) => name in ROLE_OF_JOB && result !== undefined);
        const entered = ours.filter(({ result }) => result?.sessionArn !== undefined);
        expect([person, entered.map(roleOfJob).sort()]).toEqual([person, [...through[person]].sort()]);
        for (const job of entered)
          expect([job.name, job.status, explained(roleOfJob(job), pushed)]).toEqual([
            job.name,
            "success",
            "allow",
          ]);
        for (const job of ours.filter(({ status }) => status === "failed")) {
          expect([job.name, explained(roleOfJob(job), pushed)]).toEqual([job.name, "deny"]);
          expect(job.result?.message).toMatch(DENIED);
        }
        // Every role that the person may assume from this ref was assumed, except from tags by the
        // preview and plan jobs, which run on branches only.
        for (const role of allRoles().keys())
          if (role.startsWith(`${project}/`) && ref.tag === undefined && parametersFit(project, parameters))
            expect([role, explained(role, pushed)]).toEqual([
              role,
              through[person].includes(role) ? "allow" : "deny",
            ]);
      }),
    );
  });

  function roleOfJob({ name }: PipelineJob): string {
    return ROLE_OF_JOB[name] ?? "";
  }

  function parametersFit(
    project: string,
    parameters: Readonly<Record<string, boolean>> | undefined,
  ): boolean {
    return parameters === undefined || parameters[`run-${project}`] === true;
  }
});

describe("promotion", () => {
  const objects = (account: "staging" | "production", bucket: string) =>
    keysIn(company.readers[account].s3, bucket);
  const SITE = { "run-storefront": true };
  const onMain = (person: string): Pushed => ({ person, project: "storefront", branch: "main" });
  const STAGED = [
    "lint success",
    "build-storefront success",
    "storefront-preview success",
    "storefront-staging success",
  ];

  test("production waits for its approval, and an approval does not give chloe the role", async () => {
    const held = await pushes.run(onMain("ben"), { parameters: SITE, approve: () => false });
    expect(statuses(held)).toEqual([
      ...STAGED,
      "approve-storefront-production on-hold",
      "storefront-production not-run",
    ]);
    const denied = await pushes.run(onMain("chloe"), { parameters: SITE });
    expect(statuses(denied)).toEqual([
      ...STAGED,
      "approve-storefront-production approved",
      "storefront-production failed",
    ]);
  });

  test("staging is applied before production is approved, each by what was planned for it", async () => {
    const pushed = { person: "ana", project: "infrastructure", branch: "main" };
    const held = await pushes.run(pushed, { approve: (name) => name === "approve-staging" });
    expect(statuses(held).filter((one) => !/^(validate|review)/.test(one))).toEqual([
      "plan-staging success",
      "approve-staging approved",
      "apply-staging success",
      "plan-production success",
      "approve-production on-hold",
      "apply-production not-run",
    ]);
  });

  test("with the AWS CLI: the website in staging and production, beside the preview of a branch", async () => {
    const settings = { parameters: SITE, whole: true } as const;
    await pushes.run({ person: "dev", project: "storefront", branch: FEATURE }, settings);
    expect(statuses(await pushes.run(onMain("ana"), settings))).toEqual([
      ...STAGED,
      "approve-storefront-production approved",
      "storefront-production success",
    ]);
    expect(await objects("staging", "larkspur-previews")).toEqual(
      [FEATURE, "main"].flatMap((branch) => [`${branch}/branch.txt`, `${branch}/index.html`]),
    );
    const preview = await company.readers.staging.text("larkspur-previews", `${FEATURE}/branch.txt`);
    expect(preview).toBe(`${FEATURE}\n`);
    expect(await objects("staging", "larkspur-storefront-staging")).toEqual(["branch.txt", "index.html"]);
    expect(await objects("production", "larkspur-storefront")).toEqual(["branch.txt", "index.html"]);
  });
});

// One test: what is applied is what was planned, and what was planned is what the comment says.
test("access.yaml itself: one comment on both accounts, and each applied as planned, staging first", async () => {
  const role = { RoleName: "storefront-production", PolicyName: "deploys" };
  const { production, staging } = company.readers;
  const { PolicyDocument: before } = await production.iam.send(new GetRolePolicyCommand(role));
  // Lost outside of Terraform, so that a role with presets is planned and applied within the
  // boundary.
  await production.iam.send(new DeleteRolePolicyCommand(role));
  const longer = (text: string, bucket: string) =>
    edited(text, `bucket: ${bucket}\n`, `bucket: ${bucket}\n        session: 7200\n`);
  const changed = longer(longer(accessText(company), "larkspur-storefront"), "larkspur-storefront-staging");
  const access = commitAccess(company, changed);
  const messages = (jobs: readonly PipelineJob[]) =>
    jobs.map(({ name, status, result }) => [name, status, result?.message ?? ""].join(" ").trim());
  const gitHub = await startGitHub();
  try {
    gitHub.state.head = access.commit;
    const env = {
      CIRCLE_PULL_REQUEST: "https://github.example.com/acme/site/pull/12",
      OIDC_REVIEW_API_URL: gitHub.apiUrl,
      GH_TOKEN: "token-of-the-bot",
    };
    const pullRequest = { person: "dev", project: "infrastructure", branch: PULL_REQUEST };
    expect(messages(await pushes.run(pullRequest, { access, env })).filter(isNotFiltered)).toEqual([
      "validate success",
      "review-production success",
      "review-staging success",
      "review success",
    ]);
    const [comment, ...others] = gitHub.state.live;
    expect(others).toEqual([]);
    for (const text of ["`storefront-production`", "`storefront-staging`", "`cloudfront:CreateInvalidation`"])
      expect(comment?.body).toContain(text);
  } finally {
    await gitHub.close();
  }
  const main = { person: "ana", project: "infrastructure", branch: "main" };
  expect(messages(await pushes.run(main, { access })).filter(isNotFiltered)).toEqual([
    "validate success",
    "plan-staging success",
    "approve-staging approved",
    "apply-staging success",
    "plan-production success",
    "approve-production approved",
    "apply-production success",
  ]);
  for (const [{ iam }, name] of [
    [staging, "storefront-staging"],
    [production, "storefront-production"],
  ] as const) {
    const { Role: found } = await iam.send(new GetRoleCommand({ RoleName: name }));
    expect([name, found?.MaxSessionDuration]).toEqual([name, 7200]);
    expect(found?.PermissionsBoundary?.PermissionsBoundaryArn).toContain(
      "policy/cdktf-circleci-oidc-boundary",
    );
  }
  const { PolicyDocument: after } = await production.iam.send(new GetRolePolicyCommand(role));
  expect(after).toBe(before);

  function isNotFiltered(line: string): boolean {
    return !line.endsWith(" filtered");
  }
});

describe("the nearest neighbour of what a role deploys is denied", () => {
  let keys: ReadonlyMap<string, Credentials>;

  beforeAll(async () => {
    const pairs: (readonly [string, Credentials])[] = [];
    for (const [role, ref] of [
      ["storefront/preview", { branch: FEATURE }],
      ["storefront/staging", { branch: "main" }],
      ["storefront/production", { branch: "main" }],
      ["orders/release", { tag: RELEASE }],
      ["orders/receipts", { tag: RELEASE }],
    ] as const) {
      const pushed = { person: "ana", project: role.split("/")[0] ?? "", ...ref };
      const answer = await pushes.assume(pushed, roleOf(role));
      if ("error" in answer) throw new Error(`${role}: ${answer.error}`);
      pairs.push([role, answer.keys]);
    }
    keys = new Map(pairs);
  });

  const keysOf = (role: string) => keyPairOf(keys.get(role));
  const call = (role: string, one: Call) => statusOf(one, company.accounts.endpoint, keysOf(role));

  test.each([
    ["storefront/preview", "larkspur-previews", "larkspur-storefront-staging"],
    ["storefront/staging", "larkspur-storefront-staging", "larkspur-previews"],
    ["storefront/production", "larkspur-storefront", "larkspur-production-terraform"],
  ])("%s: writes to %s, and not to %s", async (role, own, neighbour) => {
    const { endpoint } = company.accounts;
    const s3 = createS3Client({ endpoint, region: "eu-central-1", credentials: keysOf(role) });
    const put = (Bucket: string) =>
      s3.send(new PutObjectCommand({ Bucket, Key: "neighbour.txt", Body: "x" }));
    try {
      await put(own);
      await s3.send(new DeleteObjectCommand({ Bucket: own, Key: "neighbour.txt" }));
      await expect(put(neighbour)).rejects.toMatchObject({ name: "AccessDenied" });
    } finally {
      s3.destroy();
    }
  });

  test.each<[preset: string, role: string, own: () => Call, neighbour: () => Call]>([
    [
      "cloudfront",
      "storefront/production",
      () => invalidate(company.services.distribution),
      () => invalidate(company.services.otherDistribution),
    ],
    ["ecr", "orders/release", () => images("orders"), () => images("invoices")],
    ["ecs service", "orders/release", () => update("orders"), () => update("invoices")],
    ["ecs task role", "orders/release", () => register("orders-task"), () => register("order-functions")],
    ["lambda", "orders/receipts", () => version("order-receipts"), () => version("order-refunds")],
    ["lambda, by the other role", "orders/receipts", () => version("order-receipts"), () => update("orders")],
  ])("%s", async (_, role, own, neighbour) => {
    expect(await call(role, own())).toMatch(/^20[01]$/);
    expect(await call(role, neighbour())).toBe("denied");
  });
});

test("every role but those that run Terraform has the boundary of its account", async () => {
  for (const [name, { account, terraform }] of [...allRoles()]) {
    const { iam } = company.readers[account.key === "staging" ? "staging" : "production"];
    const { Role: role } = await iam.send(new GetRoleCommand({ RoleName: roleOf(name).name }));
    expect([name, role?.PermissionsBoundary?.PermissionsBoundaryArn]).toEqual([
      name,
      terraform === undefined ? `arn:aws:iam::${account.id}:policy/cdktf-circleci-oidc-boundary` : undefined,
    ]);
  }
});

test("audit finds nothing, and doctor says what cannot be checked from here", async () => {
  const { staging } = company.worlds;
  const audited = await staging.ours("oidc", ["audit"]);
  expect([audited.exitCode, audited.stdout]).toEqual([0, "9 trust policies allow CircleCI, 0 findings\n"]);
  const checked = said(await staging.ours("oidc", ["doctor"]));
  expect(checked).toContain("✓ names in AWS no object that a deploy would create exists outside Terraform");
  expect(checked).toContain("No failed check blocks a deploy.");
  expect(checked).toContain("✓ forks every role accepts only tokens from its project's repository");
});
