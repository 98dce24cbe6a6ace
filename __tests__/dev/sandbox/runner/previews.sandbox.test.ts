import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { S3Client } from "@aws-sdk/client-s3";
import { jobEnvironment } from "../../../../dev/sandbox/runner/job-environment";
import { type PipelineJob, runPipeline } from "../../../../dev/sandbox/runner/run-pipeline";
import { createSite, type Site } from "../../../../dev/sandbox/runner/site";
import { s3Client } from "../../../../dev/tools/sandbox-support";
import { writeConfig } from "../../../../lib/circleci/write-config";
import { accessFromText } from "../../../../lib/config/load";
import { repositoryRoot } from "../../../../lib/programs/cache";
import { ROLE_CHECKS } from "../../../../lib/project/read-access";
import { documentsBeside } from "../../../../lib/project/read-document";
import { projectOf } from "../../../circleci/one-project";
import { TestSandbox } from "../test-sandbox";
import { createRoles } from "./declared-roles";
import { keysIn, statuses } from "./results";

/** The page's program: one file for each page of the site, and one with the branch's own name. */
const BUILD = `import { cpSync, writeFileSync } from "node:fs";
cpSync("src", "dist", { recursive: true });
writeFileSync(\`dist/\${(process.env.CIRCLE_BRANCH ?? "tag").replaceAll("/", "-")}.txt\`, "built");
`;

const world = new TestSandbox();
let administrator: S3Client;
let folder: string;
let site: Site;
let push: (person: string, branch: string) => Promise<readonly PipelineJob[]>;

beforeAll(async () => {
  await world.start();
  administrator = s3Client(world.sandbox);
  const page = path.join(repositoryRoot, "docs", "examples", "preview-per-pull-request.md");
  const yaml = /^```yaml\n(.*?)^```$/ms.exec(await readFile(page, "utf8"))?.[1] ?? "";
  const access = accessFromText(yaml, page, ROLE_CHECKS, documentsBeside(page));
  const website = projectOf(access, "website");
  await createRoles(website, world.iam, administrator);
  folder = await mkdtemp(path.join(tmpdir(), "previews-"));
  const repository = path.join(folder, "site");
  await mkdir(repository);
  await writeFile(path.join(repository, "build.mjs"), BUILD);
  site = await createSite(repository, "src", jobEnvironment(world.sandbox.environment));
  const config = writeConfig(website);
  let pushes = 0;
  push = async (person, branch) => {
    pushes += 1;
    const user = access.people.find(({ name }) => name === person)?.id ?? "";
    const token = {
      organization: website.organization.id,
      project: website.id,
      user,
      source: { origin: website.repository, ref: `refs/heads/${branch}` },
    };
    const commit = await site.commit(branch, person, `The page of ${branch}`);
    return runPipeline(
      { username: person, token, repository, commit, branch },
      {
        config,
        folder: path.join(folder, String(pushes)),
        env: jobEnvironment(world.sandbox.environment),
        mint: world.sandbox.circleCi.mint,
      },
    );
  };
});
afterAll(async () => {
  administrator?.destroy();
  await world.stop();
  await rm(folder, { recursive: true, force: true });
});

test("each branch has its own preview, which the push of another leaves alone", async () => {
  expect(statuses(await push("bob", "feature/new-header"))).toEqual(["preview success", "deploy filtered"]);
  expect(statuses(await push("alice", "it's-$(date)&more"))).toEqual(["preview success", "deploy filtered"]);
  expect(statuses(await push("alice", "main"))).toEqual(["preview success", "deploy success"]);
  expect(statuses(await push("bob", "feature/new-header"))).toEqual(["preview success", "deploy filtered"]);
  expect(await keysIn(administrator, "acme-website-previews")).toEqual([
    "feature/new-header/feature-new-header.txt",
    "feature/new-header/index.html",
    "it's-$(date)&more/index.html",
    "it's-$(date)&more/it's-$(date)&more.txt",
    "main/index.html",
    "main/main.txt",
  ]);
  expect(await keysIn(administrator, "acme-website")).toEqual(["index.html", "main.txt"]);
});
