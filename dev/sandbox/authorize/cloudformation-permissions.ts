import { requestMoto } from "../moto/moto-request";
import type { Exchange } from "../protocol/exchange";
import { arnIn, type Place } from "./arn-in";
import type { RequiredPermission } from "./required-permission";

/** Operations that the CDK CLI uses, all of which act on one stack. */
const ON_A_STACK = new Set([
  "CreateChangeSet",
  "DeleteChangeSet",
  "DeleteStack",
  "DescribeChangeSet",
  "DescribeStackEvents",
  "DescribeStackResources",
  "DescribeStacks",
  "ExecuteChangeSet",
  "GetTemplate",
  "GetTemplateSummary",
  "UpdateTerminationProtection",
]);

/**
 * All permissions of a call to CloudFormation (Service Authorization Reference, "Actions,
 * resources, and condition keys for AWS CloudFormation"): on the stack, on the service role that it
 * passes, and on the object of its template, which the caller has to be able to read.
 * @returns undefined if the proxy does not know the operation
 */
export async function cloudFormationPermissions(
  form: URLSearchParams,
  place: Place,
  exchange: Pick<Exchange, "moto">,
): Promise<readonly RequiredPermission[] | undefined> {
  const operation = form.get("Action") ?? "";
  if (!ON_A_STACK.has(operation)) return undefined;
  const role = form.get("RoleARN");
  const template = form.get("TemplateURL");
  const isOther = operation !== "CreateChangeSet" && (await isOfAnotherStack(form, place, exchange));
  return [
    { action: `cloudformation:${operation}`, ...(isOther ? {} : stackOf(form, place)) },
    ...(role === null ? [] : [passedToCloudFormation(role)]),
    ...(template === null ? [] : [templateIn(template)]),
  ];
}

/**
 * A stack by its name, or by its ARN in the account and region. It ends in an ID of
 * CloudFormation's.
 */
function stackOf(form: URLSearchParams, place: Place): Pick<RequiredPermission, "resource"> {
  const name = nameOf(form.get("StackName"), place);
  return arnIn("cloudformation", place, name, (stack) => `stack/${stack}/id`);
}

function nameOf(stack: string | null, { account, region }: Place): string | undefined {
  const prefix = `arn:aws:cloudformation:${region}:${account}:stack/`;
  const name = stack?.startsWith(prefix) ? stack.slice(prefix.length).replace(/\/[A-Za-z0-9-]+$/, "") : stack;
  return name != null && /^[A-Za-z][A-Za-z0-9-]*$/.test(name) ? name : undefined;
}

/** moto finds a change set by its own name alone, also one of another stack than the call names. */
async function isOfAnotherStack(
  form: URLSearchParams,
  place: Place,
  { moto }: Pick<Exchange, "moto">,
): Promise<boolean> {
  const changeSet = form.get("ChangeSetName");
  if (changeSet === null) return false;
  const asked = new URLSearchParams({ Action: "DescribeChangeSet", ChangeSetName: changeSet });
  const { status, body } = await requestMoto(moto, {
    method: "POST",
    path: "/",
    service: "cloudformation",
    region: place.region,
    type: "application/x-www-form-urlencoded",
    body: Buffer.from(String(asked)),
  });
  if (status !== 200) return false;
  const [, found] = /<StackName>([^<]*)<\/StackName>/.exec(body.toString("utf8")) ?? [];
  return found === undefined || found !== nameOf(form.get("StackName"), place);
}

/** IAM User Guide, "Granting a user permissions to pass a role to an AWS service". */
function passedToCloudFormation(role: string): RequiredPermission {
  const keys = [["iam:PassedToService", "cloudformation.amazonaws.com"] as const];
  const isArn = /^arn:aws:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(role);
  return { action: "iam:PassRole", keys, ...(isArn ? { resource: role } : {}) };
}

/** `https://BUCKET.s3.REGION.amazonaws.com/KEY` or `https://s3.REGION.amazonaws.com/BUCKET/KEY`. */
function templateIn(url: string): RequiredPermission {
  const [, hosted, path, key] =
    /^https:\/\/(?:([a-z0-9.-]+)\.)?s3[.a-z0-9-]*\.amazonaws\.com\/(?:([a-z0-9.-]+)\/)?([\w.!/-]+)$/.exec(
      url,
    ) ?? [];
  const action = "s3:GetObject";
  if (key === undefined) return { action };
  const bucket = hosted ?? path;
  const whole = hosted === undefined || path === undefined ? key : `${path}/${key}`;
  return bucket === undefined ? { action } : { action, resource: `arn:aws:s3:::${bucket}/${whole}`, bucket };
}
