import {
  GetRoleCommand,
  type IAMClient,
  type ManagedPolicyDetail,
  paginateGetAccountAuthorizationDetails,
  type RoleDetail,
} from "@aws-sdk/client-iam";
import { ProjectError } from "../../errors";
import { concernsCircleCi as concerns } from "../../iam/audit/audit-trust-policy";
import { decodeDocument } from "../../iam/language/decode-document";
import { parsePolicy } from "../../iam/language/read-policy";
import { inParallel } from "../../process/in-parallel";
import type { Issuer } from "../../token/issuer";
import { type FoundPolicy, type FoundRole, tagsOf } from "../inventory/inventory";
import type { AwsReader } from "./aws-reader";

/** Concurrent calls: IAM throttles above about 20 calls per second. */
const AT_ONCE = 8;

interface FoundRoles {
  /** Sorted by name. */
  readonly roles: readonly FoundRole[];
  /** Sorted by ARN. */
  readonly policies: readonly FoundPolicy[];
}

/**
 * Every role whose trust policy concerns CircleCI's tokens or cannot be parsed. One listing returns
 * all but the description and the maximum session duration (IAM API Reference,
 * GetAccountAuthorizationDetails), which take a call for each role found.
 * @param named names of roles that are found whatever their trust policy says, and ARNs of policies
 * that are found whether or not such a role has them. Default: none
 */
export async function findRoles(
  iam: IAMClient,
  issuers: readonly Issuer[],
  reader: AwsReader,
  named: { readonly roles: readonly string[]; readonly policies: readonly string[] } = NONE,
): Promise<FoundRoles> {
  const listed = await reader.read("GetAccountAuthorizationDetailsCommand", "all roles", listAll(iam));
  if (listed === undefined || listed === "unset") return { roles: [], policies: [] };
  const servers = issuers.flatMap(({ server }) => server ?? []);
  // Names of roles are unique without regard to case (IAM API Reference, CreateRole).
  const wanted = new Set(named.roles.map((name) => name.toLowerCase()));
  const ofCircleCi = listed.roles.filter(
    (role) => wanted.has(role.RoleName?.toLowerCase() ?? "") || concernsCircleCi(role, servers),
  );
  const found = await inParallel(ofCircleCi, AT_ONCE, async (detail): Promise<readonly FoundRole[]> => {
    const name = detail.RoleName ?? "";
    const answer = await reader.read(
      "GetRoleCommand",
      name,
      iam.send(new GetRoleCommand({ RoleName: name })),
      ["NoSuchEntity", "NoSuchEntityException"],
    );
    // Deleted since the listing, or refused: what was not read completely is not adopted.
    if (answer === undefined || answer === "unset") return [];
    const { Description: description, MaxSessionDuration: sessionSeconds } = answer.Role ?? {};
    return [roleOf(detail, description, sessionSeconds)];
  });
  const roles = found.flat().sort((one, other) => (one.name < other.name ? -1 : 1));
  const used = new Set([
    ...named.policies,
    ...roles.flatMap(({ attached, boundary }) => [...attached, boundary ?? ""]),
  ]);
  const policies = listed.policies.filter(({ Arn: arn = "" }) => used.has(arn)).map(policyOf);
  return { roles, policies: policies.sort((one, other) => (one.arn < other.arn ? -1 : 1)) };
}

const NONE = { roles: [], policies: [] };

async function listAll(iam: IAMClient) {
  const roles: RoleDetail[] = [];
  const policies: ManagedPolicyDetail[] = [];
  const pages = paginateGetAccountAuthorizationDetails(
    { client: iam, pageSize: 1_000 },
    { Filter: ["Role", "LocalManagedPolicy"] },
  );
  for await (const { RoleDetailList, Policies } of pages) {
    roles.push(...(RoleDetailList ?? []));
    policies.push(...(Policies ?? []));
  }
  return { roles, policies };
}

/** A role whose policy cannot be parsed may admit CircleCI's jobs, so it counts. */
function concernsCircleCi(
  { AssumeRolePolicyDocument: document = "" }: RoleDetail,
  servers: readonly string[],
): boolean {
  let text = document;
  try {
    text = decodeDocument(document);
    if (concerns(parsePolicy(text), servers)) return true;
  } catch (error) {
    if (!(error instanceof ProjectError)) throw error;
  }
  // Also a provider that accepts no token, such as one whose URL ends with a slash.
  return ["oidc.circleci.com", ...servers].some((host) => text.toLowerCase().includes(host));
}

function roleOf(detail: RoleDetail, description: string | undefined, sessionSeconds = 3_600): FoundRole {
  const { RoleName: name = "", Arn: arn = "", Path: path = "/" } = detail;
  const { PermissionsBoundary: boundary } = detail;
  return {
    name,
    arn,
    path,
    ...(description === undefined || description === "" ? {} : { description }),
    sessionSeconds,
    trust: decodeDocument(detail.AssumeRolePolicyDocument ?? ""),
    inline: (detail.RolePolicyList ?? [])
      .map(({ PolicyName: policy = "", PolicyDocument: document = "" }) => ({
        name: policy,
        document: decodeDocument(document),
      }))
      .sort((one, other) => (one.name < other.name ? -1 : 1)),
    attached: (detail.AttachedManagedPolicies ?? []).map(({ PolicyArn: policy = "" }) => policy).sort(),
    ...(boundary?.PermissionsBoundaryArn === undefined ? {} : { boundary: boundary.PermissionsBoundaryArn }),
    tags: tagsOf(detail.Tags),
  };
}

function policyOf({
  Arn: arn = "",
  Path: path = "/",
  PolicyVersionList: versions,
}: ManagedPolicyDetail): FoundPolicy {
  const version = versions?.find(({ IsDefaultVersion: isDefault }) => isDefault === true);
  const name = arn.slice(arn.lastIndexOf("/") + 1);
  return { arn, name, path, document: decodeDocument(version?.Document ?? "") };
}
