import type { IAMClient } from "@aws-sdk/client-iam";
import type { S3Client } from "@aws-sdk/client-s3";
import { AssumeRoleWithWebIdentityCommand, type Credentials } from "@aws-sdk/client-sts";
import { createIamClient, createS3Client, createStsClient } from "../../lib/aws/clients";
import { readAccess } from "../../lib/project/read-access";
import { askForToken } from "../sandbox/circleci/ask-for-token";
import { jobOfPerson, type TokenOptions } from "../sandbox/circleci/job-of-person";
import type { World } from "./world";

/** A role's session, as the job of a person's push has it. */
export interface JobSession {
  /** The credentials, for a program's environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly iam: IAMClient;
  readonly s3: S3Client;
  readonly close: () => void;
}

/** Exchanges a token for credentials. Fails with AWS's error where the role does not let it in. */
export async function exchange(
  { endpoint, environment }: Pick<World["sandbox"], "endpoint" | "environment">,
  token: string,
  role: string,
  sessionName: string,
): Promise<Credentials | undefined> {
  const unsigned = { accessKeyId: "unused", secretAccessKey: "unused" };
  const sts = createStsClient({ endpoint, region: environment.AWS_REGION ?? "", credentials: unsigned });
  const { Credentials: keys } = await sts
    .send(
      new AssumeRoleWithWebIdentityCommand({
        RoleArn: `arn:aws:iam::123456789012:role/${role}`,
        RoleSessionName: sessionName,
        WebIdentityToken: token,
      }),
    )
    .finally(() => sts.destroy());
  return keys;
}

/**
 * A push gets a token, and the token the role's session. Fails with AWS's error where the role does
 * not let it in.
 */
export async function sessionOf(
  { sandbox, accessFile }: Pick<World, "sandbox" | "accessFile">,
  job: TokenOptions,
  role: string,
): Promise<JobSession> {
  const { endpoint, environment } = sandbox;
  const token = await askForToken(jobOfPerson(readAccess(accessFile), job), { ...environment });
  const region = environment.AWS_REGION ?? "";
  const keys = await exchange(sandbox, token, role, job.person ?? "nobody");
  const { AccessKeyId: accessKeyId = "", SecretAccessKey: secretAccessKey = "" } = keys ?? {};
  const sessionToken = keys?.SessionToken ?? "";
  const as = { endpoint, region, credentials: { accessKeyId, secretAccessKey, sessionToken } };
  const [iam, s3] = [createIamClient(as), createS3Client(as)];
  return {
    env: {
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
    },
    iam,
    s3,
    close: () => {
      iam.destroy();
      s3.destroy();
    },
  };
}
