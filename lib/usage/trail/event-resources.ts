import { textAt, valueAt } from "./text-at";

/** Where a call was made, for the ARN of what it names. */
interface Place {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
}

/** Texts of `requestParameters` at these keys; the items of a list each. */
type Parameters = (...keys: readonly string[]) => readonly string[];

/**
 * Request parameters that name the resource which the call's action is checked for: "CloudTrail
 * record contents" (CloudTrail User Guide), the example records in each service's page "Logging …
 * API calls with AWS CloudTrail", and the ARNs of the Service Authorization Reference.
 */
const NAMED: Readonly<Record<string, (given: Parameters, place: Place) => readonly string[]>> = {
  "cloudformation.amazonaws.com": (given, { partition, region, account }) =>
    given("stackName").map((stack) =>
      isArn(stack) ? stack : `arn:${partition}:cloudformation:${region}:${account}:stack/${stack}/*`,
    ),
  "cloudfront.amazonaws.com": (given, { partition, account }) =>
    firstOf(given("distributionId"), given("id"))
      .filter((id) => /^E[A-Z0-9]{6,}$/.test(id))
      .map((id) => `arn:${partition}:cloudfront::${account}:distribution/${id}`),
  "ecr.amazonaws.com": (given, { partition, region, account }) => {
    const [registry = account] = given("registryId");
    return given("repositoryName", "repositoryNames").map(
      (name) => `arn:${partition}:ecr:${region}:${registry}:repository/${name}`,
    );
  },
  "ecs.amazonaws.com": (given, { partition, region, account }) => {
    const [cluster = "default"] = given("cluster");
    const name = cluster.slice(cluster.lastIndexOf("/") + 1);
    return given("service", "serviceName", "services").map((service) =>
      isArn(service) ? service : `arn:${partition}:ecs:${region}:${account}:service/${name}/${service}`,
    );
  },
  "lambda.amazonaws.com": (given, { partition, region, account }) =>
    given("functionName").flatMap((name) => {
      if (/^[\w-]+$/.test(name)) return [`arn:${partition}:lambda:${region}:${account}:function:${name}`];
      return /^arn:[^:]+:lambda:[^:]+:\d{12}:function:[\w-]+$/.test(name) ? [name] : [];
    }),
  "s3.amazonaws.com": (given, { partition }) =>
    given("bucketName").map((bucket) => `arn:${partition}:s3:::${bucket}`),
  "secretsmanager.amazonaws.com": (given, { partition, region, account }) =>
    // A secret's ARN ends in a hyphen and six characters that its name does not have.
    given("secretId").map((secret) =>
      isArn(secret) ? secret : `arn:${partition}:secretsmanager:${region}:${account}:secret:${secret}-??????`,
    ),
  "ssm.amazonaws.com": (given, { partition, region, account }) =>
    given("name", "names").map((name) =>
      isArn(name) ? name : `arn:${partition}:ssm:${region}:${account}:parameter/${name.replace(/^\//, "")}`,
    ),
};

/**
 * The ARNs of a call's resources, sorted: those that the record lists in `resources`, or that its
 * request parameters name. Empty: it names none, or one in a form that is not understood.
 * @param role the ARN of the session's role, which tells the partition and the account
 */
export function eventResources(record: unknown, source: string, role: string): readonly string[] {
  const service = source.replace(/\.amazonaws\.com(?:\.cn)?$/, "");
  const listed = itemsAt(record, "resources").flatMap(
    (item) => textAt(item, "ARN") || textAt(item, "arn") || [],
  );
  const own = listed.filter((arn) => arn.split(":")[2] === service);
  const [, partition = "", , , account = ""] = role.split(":");
  const place = { partition, account, region: textAt(record, "awsRegion") };
  const given: Parameters = (...keys) => keys.flatMap((key) => textsAt(record, "requestParameters", key));
  const found = own.length > 0 ? own : (NAMED[`${service}.amazonaws.com`]?.(given, place) ?? []);
  // A star or a question mark in a name would allow more than it names.
  const isPlain = (arn: string): boolean =>
    !/[*?$\s]/.test(arn.replace(/-\?{6}$|(?<=:stack\/[^/]+)\/\*$/, ""));
  return found.every(isPlain) ? [...new Set(found)].sort() : [];
}

function isArn(text: string): boolean {
  return text.startsWith("arn:");
}

function firstOf(one: readonly string[], other: readonly string[]): readonly string[] {
  return one.length > 0 ? one : other;
}

function itemsAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = valueAt(value, ...path);
  return Array.isArray(found) ? found : [];
}

function textsAt(record: unknown, ...path: readonly string[]): readonly string[] {
  const text = textAt(record, ...path);
  return text === ""
    ? itemsAt(record, ...path).filter((one): one is string => typeof one === "string")
    : [text];
}
