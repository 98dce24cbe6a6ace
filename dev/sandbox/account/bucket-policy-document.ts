/**
 * Maximum size of a bucket policy.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html
 */
const MAX_POLICY_BYTES = 20 * 1024;

/** Parsed statements of a policy; each is an object. */
export type Statements = readonly Readonly<Record<string, unknown>>[];

/** S3's error message for a policy that it does not accept. */
interface Malformed {
  readonly malformed: string;
}

/**
 * The checks that S3 makes when a bucket policy is put: of its form, not of its meaning.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html
 * @param text as it was put
 */
export function readBucketPolicy(bucket: string, text: Buffer): Statements | Malformed {
  if (text.length > MAX_POLICY_BYTES)
    return { malformed: "Policy exceeds the maximum allowed document size." };
  const policy = parse(text);
  if (policy === undefined)
    return { malformed: "Policies must be valid JSON and the first byte must be '{'" };
  const listed = policy.Statement;
  if (listed === undefined) return { malformed: "Missing required field Statement" };
  const statements: readonly unknown[] = Array.isArray(listed) ? listed : [listed];
  if (statements.length === 0) return { malformed: "Could not parse the policy: Statement is empty!" };
  const read: Readonly<Record<string, unknown>>[] = [];
  for (const statement of statements) {
    if (!isObject(statement)) return { malformed: "Statement must be an object or a list of objects" };
    const problem = statementProblem(bucket, statement);
    if (problem !== undefined) return { malformed: problem };
    read.push(statement);
  }
  return read;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parse(text: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(
      new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(text),
    );
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function statementProblem(bucket: string, statement: Readonly<Record<string, unknown>>): string | undefined {
  const effect = statement.Effect;
  if (effect === undefined) return "Missing required field Effect";
  if (effect !== "Allow" && effect !== "Deny") return `Invalid effect: ${JSON.stringify(effect)}`;
  for (const field of ["Principal", "Action", "Resource"]) {
    const given = [statement[field], statement[`Not${field}`]].filter((value) => value !== undefined);
    if (given.length === 0) return `Missing required field ${field}`;
    if (given.length > 1) return `A statement cannot have both ${field} and Not${field}`;
  }
  const resources = statement.Resource ?? statement.NotResource;
  const list: readonly unknown[] = Array.isArray(resources) ? resources : [resources];
  if (list.length === 0 || !list.every((resource) => isWithin(bucket, resource)))
    return "Policy has invalid resource";
  return undefined;
}

/**
 * A bucket policy can only refer to its bucket and the objects in it. A wildcard is accepted if it
 * can match them.
 */
function isWithin(bucket: string, resource: unknown): boolean {
  if (typeof resource !== "string") return false;
  if (resource === "*") return true;
  const name = /^arn:[^:]*:s3:::([^/]+)(\/.*)?$/s.exec(resource)?.[1];
  if (name === undefined) return false;
  const escaped = name
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${escaped}$`, "s").test(bucket) || /^\*+$/.test(name);
}
