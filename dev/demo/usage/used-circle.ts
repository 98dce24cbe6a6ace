import {
  DeleteRolePolicyCommand,
  type IAMClient,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { GetBucketLocationCommand } from "@aws-sdk/client-s3";
import { AssumeRoleWithWebIdentityCommand } from "@aws-sdk/client-sts";
import { isMap, parseDocument } from "yaml";
import { printPatch } from "../../../lib/adopt/print/patch";
import { createIamClient, createS3Client, createStsClient } from "../../../lib/aws/clients";
import { accessFromText } from "../../../lib/config/load";
import { hasGrant, isGranted } from "../../../lib/config/model/grants";
import type { Access, Person, Role } from "../../../lib/config/model/model";
import { roleKey } from "../../../lib/describe/role";
import { roleArn } from "../../../lib/iam/language/arns";
import { printPolicy } from "../../../lib/iam/language/document";
import { inlinePolicies } from "../../../lib/iam/write/inline-policies";
import { trustTextOf } from "../../../lib/iam/write/trust/trust-policy";
import { awsPolicies } from "../../../lib/project/aws-data";
import { ROLE_CHECKS, readAccessText } from "../../../lib/project/read-access";
import { documentsBeside } from "../../../lib/project/read-document";
import { usageOf } from "../../../lib/usage/answer/answer";
import { roleLines } from "../../../lib/usage/print/role-lines";
import { listFiles } from "../../../lib/usage/sources/list-files";
import { readLogs } from "../../../lib/usage/sources/read-logs";
import { proveNarrower } from "../../../lib/usage/suggest/prove-narrower";
import { suggest } from "../../../lib/usage/suggest/suggest";
import { interestOf } from "../../../lib/usage/trail/interest";
import type { Sandbox } from "../../sandbox/sandbox";
import type { Connection } from "../account/read-back";
import { type GoodJob, goodJobs } from "../attacks/good-job";
import { askRole, type RoleAnswer } from "../tokens/ask-role";

/** A role is used, looked at, narrowed to what was used, and used again. */
export interface UsedCircle {
  readonly job: GoodJob;
  /** Whom the list names, and who never came. */
  readonly unused: Person;
  /** What `oidc usage` says of the role. */
  readonly usage: readonly string[];
  /** What `oidc usage --suggest` prints, after the proof. */
  readonly diff: string;
  readonly isProven: boolean;
  /** AWS's answers, before and after the narrowing. */
  readonly tries: readonly {
    readonly person: Person;
    readonly before: RoleAnswer;
    readonly after: RoleAnswer;
  }[];
  /** Whether the job's call was allowed. */
  readonly call: { readonly before: boolean; readonly after: boolean };
}

const POLICY = "usage-circle";
/** Two actions on every bucket, of which the job calls one, on one bucket. */
const STATEMENT = {
  Effect: "Allow",
  Action: ["s3:GetBucketLocation", "s3:GetBucketPolicy"],
  Resource: "*",
};

/**
 * The role that the fewest people may assume gets one more person and one more statement, as a file
 * has them after a year. Its job runs; the CloudTrail records of the demo are read; the suggested
 * file is proven, and the role is what it says. Undefined: every role is for everyone, or for all
 * people of the file.
 * @param trail the folder of the sandbox's records
 */
export async function tryUsedCircle(
  access: Access,
  accessFile: string,
  sandbox: Pick<Sandbox, "endpoint" | "circleCi">,
  connection: Connection,
  trail: string,
): Promise<UsedCircle | undefined> {
  const job = goodJobs(access).find(
    ({ role }) => role.grant.people.kind === "listed" && role.trust === undefined,
  );
  const unused = access.people.find(({ id }) => job !== undefined && !isGranted(job.role.grant.people, id));
  if (job === undefined || unused === undefined) return undefined;
  const read = (text: string): Access =>
    accessFromText(text, accessFile, ROLE_CHECKS, documentsBeside(accessFile));
  const before = widened(readAccessText(accessFile), job, unused);
  const iam = createIamClient(connection);
  const bucket = job.role.bucket?.name ?? job.role.account.stateBucket;
  const ask = async (person: Person): Promise<RoleAnswer> =>
    askRole(
      sandbox.endpoint,
      roleArn(job.role),
      await sandbox.circleCi.mint({ ...job.token, user: person.id }),
    );
  const call = async (): Promise<boolean> =>
    callAs(job, await sandbox.circleCi.mint(job.token), bucket, connection);
  try {
    await deploy(iam, sameRole(read(before), job));
    const first = { answer: await ask(job.person), call: await call() };
    const { files } = listFiles([trail]);
    const was = read(before);
    const logs = await readLogs({ files, count: files.length, bytes: 0 }, interestOf(was));
    const all = usageOf(was, logs, awsPolicies);
    const roles = all.roles.filter(({ role }) => role === roleKey(job.project, job.role));
    const { text } = suggest(before, was, { ...all, roles }, { aws: awsPolicies });
    const proven = proveNarrower(was, read(text), awsPolicies);
    const unusedBefore = await ask(unused);
    await deploy(iam, sameRole(read(text), job));
    const again = { answer: await ask(job.person), call: await call() };
    return {
      job,
      unused,
      usage: roles.flatMap((one) => roleLines(one, new Map([[job.project.key, job.project.repository]]))),
      diff: printPatch([{ file: "access.yaml", before, after: text }]),
      isProven: proven.some(({ trust, permissions }) => trust === "narrower" && permissions === "narrower"),
      tries: [
        { person: job.person, before: first.answer, after: again.answer },
        { person: unused, before: unusedBefore, after: await ask(unused) },
      ],
      call: { before: first.call, after: again.call },
    };
  } finally {
    await restore(iam, job.role);
    iam.destroy();
  }
}

function widened(text: string, { project, role }: GoodJob, unused: Person): string {
  const document = parseDocument(text);
  const at = ["projects", project.key, "roles", role.key];
  document.addIn([...at, "people"], unused.name);
  if (role.statements.length > 0) document.addIn([...at, "statements"], document.createNode(STATEMENT));
  else document.setIn([...at, "statements"], document.createNode([STATEMENT]));
  const map: unknown = document.getIn(at, true);
  // On several lines, as the diff is to be read.
  if (isMap(map)) map.flow = false;
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

function sameRole(access: Access, { project, role }: GoodJob): Role {
  const found = access.projects
    .find(({ key }) => key === project.key)
    ?.roles.filter(hasGrant)
    .find(({ key }) => key === role.key);
  if (found === undefined) throw new Error(`no role ${roleKey(project, role)}`);
  return found;
}

/** The role's trust policy and statements, as a deploy would write them. */
async function deploy(iam: IAMClient, role: Role): Promise<void> {
  const { name: RoleName } = role;
  await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trustTextOf(role) }));
  const statements = inlinePolicies(role).find(({ name }) => name === "statements");
  if (statements === undefined) throw new Error(`${RoleName} has no statements`);
  const PolicyDocument = printPolicy(statements.document);
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: POLICY, PolicyDocument }));
}

async function restore(iam: IAMClient, role: Role): Promise<void> {
  const { name: RoleName } = role;
  await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trustTextOf(role) }));
  await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: POLICY })).catch(() => undefined);
}

/** Whether a session of the job's token may ask where a bucket is. */
async function callAs(
  { role }: GoodJob,
  token: string,
  bucket: string,
  { endpoint, region }: Connection,
): Promise<boolean> {
  const sts = createStsClient({ endpoint, region });
  try {
    const asked = { RoleArn: roleArn(role), RoleSessionName: "demo", WebIdentityToken: token };
    const { Credentials: given } = await sts.send(new AssumeRoleWithWebIdentityCommand(asked));
    const {
      AccessKeyId: accessKeyId = "",
      SecretAccessKey: secretAccessKey = "",
      SessionToken: sessionToken,
    } = given ?? {};
    const credentials = {
      accessKeyId,
      secretAccessKey,
      ...(sessionToken === undefined ? {} : { sessionToken }),
    };
    const s3 = createS3Client({ endpoint, region, credentials, forcePathStyle: true });
    try {
      await s3.send(new GetBucketLocationCommand({ Bucket: bucket }));
      return true;
    } finally {
      s3.destroy();
    }
  } catch (error) {
    if (error instanceof Error && error.name === "AccessDenied") return false;
    throw error;
  } finally {
    sts.destroy();
  }
}

/** Every answer of AWS that is not what the files say. */
export function wrongUses({ job, tries, call, isProven }: UsedCircle): readonly string[] {
  return [
    ...(isProven ? [] : [`the file suggested for ${job.role.name} is not proven narrower in both`]),
    ...tries.flatMap(({ person, before, after }) => {
      const stays = person.id === job.person.id;
      if (before.allowed && after.allowed === stays) return [];
      return [
        `${person.name}: ${job.role.name} is ${after.allowed ? "allowed" : "denied"} after it was narrowed`,
      ];
    }),
    ...(call.before && call.after ? [] : [`the call of ${job.role.name} is denied`]),
  ];
}
