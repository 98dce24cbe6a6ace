import { isObject, type Statements } from "./bucket-policy-document";

/**
 * Condition keys that make a statement non-public when their values are fixed. Compared
 * case-insensitively.
 */
const NARROWING_KEYS = new Set(
  [
    ...["aws:PrincipalAccount", "aws:PrincipalArn", "aws:PrincipalOrgID", "aws:PrincipalOrgPaths"],
    ...[
      "aws:SourceAccount",
      "aws:SourceArn",
      "aws:SourceIp",
      "aws:SourceOwner",
      "aws:SourceVpc",
      "aws:SourceVpce",
    ],
    ...["aws:userid", "s3:DataAccessPointAccount", "s3:DataAccessPointArn"],
    "s3:x-amz-server-side-encryption-aws-kms-key-id",
  ].map((key) => key.toLowerCase()),
);
const POSITIVE_OPERATOR = /^(StringEquals(IgnoreCase)?|StringLike|ArnEquals|ArnLike|IpAddress)$/i;

/**
 * S3's `GET ?policyStatus`: whether the policy is public. A statement counts as public unless it is
 * certain that it is not.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 * ("The meaning of public")
 */
export function isPublic(statements: Statements): boolean {
  return statements.some(
    (statement) =>
      statement.Effect === "Allow" &&
      (statement.NotPrincipal !== undefined || isAnyone(statement.Principal)) &&
      !isNarrowed(statement.Condition),
  );
}

function isAnyone(principal: unknown): boolean {
  if (typeof principal === "string") return principal === "*";
  if (!isObject(principal)) return true;
  return Object.values(principal).some((value) => (Array.isArray(value) ? value : [value]).includes("*"));
}

function isNarrowed(condition: unknown): boolean {
  if (!isObject(condition)) return false;
  return Object.entries(condition).some(
    ([operator, keys]) =>
      POSITIVE_OPERATOR.test(operator) &&
      isObject(keys) &&
      Object.entries(keys).some(
        ([key, value]) => NARROWING_KEYS.has(key.toLowerCase()) && isFixed(key, value),
      ),
  );
}

function isFixed(key: string, value: unknown): boolean {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  const sourceIp = key.toLowerCase() === "aws:sourceip";
  return (
    values.length > 0 &&
    values.every(
      (entry) => typeof entry === "string" && !/[*?]|\$\{/.test(entry) && !(sourceIp && isBroad(entry)),
    )
  );
}

/** S3 considers ranges wider than /8 (IPv4) and /32 (IPv6) public. */
function isBroad(range: string): boolean {
  const [address = "", bits] = range.split("/");
  return bits !== undefined && Number(bits) < (address.includes(":") ? 32 : 8);
}
