import { EXAMPLE_ACCOUNT, EXAMPLE_REGION } from "../../data/common-requests";

/**
 * Whether a resource is of a type (Service Authorization Reference, "Resource types").
 * @param format of the type's ARN, such as `arn:${Partition}:s3:::${BucketName}`
 */
export function isOfType(resource: string, format: string): boolean {
  return patternOf(format).test(resource);
}

/** A resource of a type, with names that stand for others: `arn:aws:s3:::some-bucket`. */
export function someOfType(format: string): string {
  return format.replaceAll(PLACEHOLDER, (_, name = "") => KNOWN_PARTS.get(name) ?? someName(name));
}

const PLACEHOLDER = /\$\{(\w+)\}|\*/g;
const KNOWN_PARTS = new Map([
  ["Partition", "aws"],
  ["Region", EXAMPLE_REGION],
  ["Account", EXAMPLE_ACCOUNT],
]);

/** `${DbInstanceName}` is some-db-instance, and `*` something. */
function someName(placeholder: string): string {
  const words = placeholder
    .replace(/(?:NameWithPath|Name|Id|UUID|Uuid|Path)$/, "")
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase();
  return words === "" ? "some-name" : `some-${words}`;
}

/** Names that hold no slash, so that a bucket is no object, and a table no index. */
const WITHOUT_SLASH = /^(?:BucketName|TableName)$/;

const known = new Map<string, RegExp>();

function patternOf(format: string): RegExp {
  const before = known.get(format);
  if (before !== undefined) return before;
  const parts = format.split(PLACEHOLDER);
  // `split` puts what the group holds between the parts; undefined for a star.
  const text = parts.map((part, at) => {
    if (at % 2 === 0) return (part ?? "").replaceAll(/[\\^$.|?+()[\]{}]/g, "\\$&");
    if (part === "Partition" || part === "Region" || part === "Account") return "[^:/]*";
    return part !== undefined && WITHOUT_SLASH.test(part) ? "[^:/]+" : ".+";
  });
  const pattern = new RegExp(`^${text.join("")}$`, "u");
  known.set(format, pattern);
  return pattern;
}
