import path from "node:path";
import { LookupEventsCommand } from "@aws-sdk/client-cloudtrail";
import { GetRoleCommand } from "@aws-sdk/client-iam";
import { HeadBucketCommand } from "@aws-sdk/client-s3";
import { callerIdentity } from "../../lib/aws/caller";
import { createCloudTrailClient, createIamClient, createS3Client } from "../../lib/aws/clients";
import { connectCircleCI } from "../../lib/circleci/api/circleci";
import { connect } from "../../lib/hosts/connect";
import { whereToPost } from "../../lib/hosts/where";
import { maskOf } from "../../lib/http/mask";
import { download } from "../../lib/programs/download";

export const region = "us-east-1";
const commit = "a".repeat(40);

interface Caller {
  readonly name: string;
  readonly host: string;
  /** @param folder for what is downloaded */
  readonly call: (env: NodeJS.ProcessEnv, folder: string) => Promise<unknown>;
}

async function comments(
  env: NodeJS.ProcessEnv,
  host: string,
  page: string,
  apiUrl: string,
): Promise<unknown> {
  const tokens = {
    GH_TOKEN: "token-of-a-bot",
    GITLAB_TOKEN: "token-of-a-bot",
    BITBUCKET_TOKEN: "token-of-a-bot",
  };
  const where = whereToPost(env, { host, pullRequest: page, apiUrl, commit });
  if ("none" in where) throw new Error(where.none);
  const found = await connect(where, { ...env, ...tokens }, { firstMs: 1 });
  return "none" in found ? found : found.look(() => true);
}

/** Everything of this project that calls a server, each at a name that only the proxy knows. */
export const CALLERS: readonly Caller[] = [
  {
    name: "CircleCI (ids, init, doctor)",
    host: "ci.company.test:443",
    call: async (env) => {
      const token = { value: "token-of-ann", mask: maskOf(["token-of-ann"]) };
      const api = await connectCircleCI(
        token,
        { ...env, CIRCLE_URL: "https://ci.company.test" },
        { firstMs: 1 },
      );
      return api.me();
    },
  },
  {
    name: "GitHub (review)",
    host: "github.company.test:443",
    call: (env) =>
      comments(env, "github", "https://github.company.test/a/b/pull/1", "https://github.company.test/api/v3"),
  },
  {
    name: "GitLab (review)",
    host: "gitlab.company.test:443",
    call: (env) =>
      comments(
        env,
        "gitlab",
        "https://gitlab.company.test/a/b/-/merge_requests/1",
        "https://gitlab.company.test/api/v4",
      ),
  },
  {
    name: "Bitbucket (review)",
    host: "bitbucket.company.test:443",
    call: (env) =>
      comments(
        env,
        "bitbucket",
        "https://bitbucket.company.test/a/b/pull-requests/1",
        "https://bitbucket.company.test/2.0",
      ),
  },
  {
    name: "Bitbucket Data Center (review)",
    host: "bitbucket.company.test:443",
    call: (env) =>
      comments(
        env,
        "bitbucket-data-center",
        "https://bitbucket.company.test/projects/A/repos/b/pull-requests/1",
        "https://bitbucket.company.test/rest/api/latest",
      ),
  },
  {
    name: "a download (Terraform)",
    host: "releases.company.test:443",
    call: (env, folder) =>
      download({
        url: "https://releases.company.test/terraform.zip",
        file: path.join(folder, "terraform.zip"),
        sha256: "",
        env,
      }),
  },
  {
    name: "AWS STS (every command)",
    host: "sts.us-east-1.amazonaws.com:443",
    call: (env) => asProcess(env, () => callerIdentity(region)),
  },
  {
    name: "AWS IAM (adopt, audit, doctor)",
    host: "iam.amazonaws.com:443",
    call: (env) =>
      asProcess(env, async () => {
        const iam = createIamClient({ region });
        await iam.send(new GetRoleCommand({ RoleName: "deploy" })).finally(() => iam.destroy());
      }),
  },
  {
    name: "AWS CloudTrail (usage)",
    host: "cloudtrail.us-east-1.amazonaws.com:443",
    call: (env) =>
      asProcess(env, async () => {
        const trail = createCloudTrailClient({ region });
        await trail.send(new LookupEventsCommand({})).finally(() => trail.destroy());
      }),
  },
  {
    name: "Amazon S3 (bootstrap, unlock, adopt, usage)",
    host: "s3.us-east-1.amazonaws.com:443",
    call: (env) =>
      asProcess(env, async () => {
        const s3 = createS3Client({ region, forcePathStyle: true });
        await s3.send(new HeadBucketCommand({ Bucket: "acme-state" })).finally(() => s3.destroy());
      }),
  },
];

/** The AWS SDK reads the process's own environment. */
export function asProcess<T>(env: NodeJS.ProcessEnv, call: () => Promise<T>): Promise<T> {
  Object.assign(process.env, env);
  return call();
}
