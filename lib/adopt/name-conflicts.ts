import { GetOpenIDConnectProviderCommand, GetRoleCommand } from "@aws-sdk/client-iam";
import { HeadBucketCommand } from "@aws-sdk/client-s3";
import { accountView } from "../config/model/account-view";
import type { Access, Account } from "../config/model/model";
import { ProjectError } from "../errors";
import { providerArn } from "../iam/language/arns";
import { inParallel } from "../process/in-parallel";
import { issuerOf, issuerUrl } from "../token/issuer";
import { AwsReader } from "./discover/aws-reader";
import { type ReadClients, readClients } from "./discover/read-clients";
import { readStates } from "./discover/read-states";
import type { Transfers } from "./imports/transfers";
import type { Declared } from "./propose/declared";

const AT_ONCE = 8;

/** An object that a deploy would create and that exists outside Terraform: the apply would fail. */
export interface NameConflict {
  readonly kind: "provider" | "role" | "bucket";
  /** Its name, or the provider's ARN. */
  readonly name: string;
  /** `STACK/ADDRESS`. */
  readonly at: string;
}

/**
 * Finds objects that a deploy of an account's stacks would create and that already exist. Objects
 * that the caller may not read are not reported.
 * @param declared resources of the stacks to deploy
 * @returns undefined: the Terraform state could not be read
 */
export async function findNameConflicts(
  access: Access,
  account: Account,
  declared: readonly Declared[],
  transfers: Transfers,
): Promise<readonly NameConflict[] | undefined> {
  const own = new Set(accountView(access, account).stackNames);
  const clients = readClients(account.region);
  try {
    const states = await readStates(clients.s3, account).catch((error: unknown) => {
      if (error instanceof ProjectError) return undefined;
      throw error;
    });
    if (states === undefined) return undefined;
    const imports = transfers.get(account.key);
    const isNew = ({ stack, type, id }: Declared): boolean =>
      own.has(stack) &&
      !states.addresses.has(`${stack}/${type}.${id}`) &&
      imports?.get(stack)?.imports[`${type}.${id}`] === undefined;
    const wanted = declared.filter(isNew).flatMap((one) => objectOf(one, access, account));
    const found = await inParallel(wanted, AT_ONCE, async (one) =>
      (await exists(one, clients, account)) ? [one] : [],
    );
    return found.flat();
  } finally {
    clients.close();
  }
}

/** The state bucket is excluded: its own stack imports it. */
function objectOf(declared: Declared, access: Access, account: Account): readonly NameConflict[] {
  const at = `${declared.stack}/${declared.type}.${declared.id}`;
  const name = declared.text(declared.type === "aws_s3_bucket" ? "bucket" : "name");
  switch (declared.type) {
    case "aws_iam_openid_connect_provider":
      return accountView(access, account)
        .providers.map(({ organization }) => issuerOf(organization))
        .filter((issuer) => issuerUrl(issuer) === declared.text("url"))
        .map((issuer) => ({ kind: "provider", name: providerArn(account, issuer), at }));
    case "aws_iam_role":
      return name === undefined ? [] : [{ kind: "role", name, at }];
    case "aws_s3_bucket":
      return name === undefined || name === account.stateBucket ? [] : [{ kind: "bucket", name, at }];
    default:
      return [];
  }
}

async function exists(
  { kind, name }: NameConflict,
  { iam, s3 }: ReadClients,
  account: Account,
): Promise<boolean> {
  const reader = new AwsReader();
  const absent = ["NoSuchEntity", "NoSuchEntityException", "NotFound", "NoSuchBucket"];
  const answer =
    kind === "provider"
      ? await reader.read(
          "GetOpenIDConnectProviderCommand",
          name,
          iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: name })),
          absent,
        )
      : kind === "role"
        ? await reader.read("GetRoleCommand", name, iam.send(new GetRoleCommand({ RoleName: name })), absent)
        : await reader.read(
            "HeadBucketCommand",
            name,
            s3.send(new HeadBucketCommand({ Bucket: name, ExpectedBucketOwner: account.id })),
            absent,
          );
  return answer !== undefined && answer !== "unset";
}
