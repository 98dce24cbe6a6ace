import type { Policy, Principals } from "../../iam/language/policy";

/** The placeholder for the account: 12 digits, as in IAM's ARNs, unlikely to be in use. */
const SOME_ACCOUNT = "918273645546";

/**
 * Pseudo parameters of CloudFormation, which no template knows ("Pseudo parameters reference"), and
 * the text that stands for each in a policy. It holds no colon and no `${`, so that an ARN with it
 * is read as one. A policy with the same text is not audited (`whyNotAudited`), or audited for
 * every account.
 */
const PLACEHOLDERS: ReadonlyMap<string, string> = new Map([
  ["AWS::AccountId", SOME_ACCOUNT],
  ...["AWS::Partition", "AWS::Region", "AWS::StackId", "AWS::StackName", "AWS::URLSuffix"].map(
    (name): [string, string] => [name, `<${name.replace("::", ".")}>`],
  ),
]);

/** Undefined: it is no pseudo parameter, or `AWS::NoValue`, which takes its property away. */
export function placeholderFor(name: string): string | undefined {
  return PLACEHOLDERS.get(name);
}

/** An ARN as it is in the partition `aws`, the one whose managed policies are known. */
export function inUsualPartition(arn: string): string {
  return arn.replace(`arn:${PLACEHOLDERS.get("AWS::Partition")}:`, "arn:aws:");
}

/** A text with its placeholders replaced by the references that `Fn::Sub` reads. */
export function withPseudoParameters(text: string): string {
  let written = text;
  for (const [name, placeholder] of PLACEHOLDERS) written = written.replaceAll(placeholder, `\${${name}}`);
  return written;
}

/**
 * Why a policy with placeholders cannot be audited. Undefined: it can, for any values of the
 * placeholders, every principal is the same one in all of its statements, and no condition compares
 * with one.
 */
export function whyNotAudited({ statements }: Policy): string | undefined {
  const texts = statements.flatMap(({ conditions, actions, resources }) => [
    ...conditions.flatMap(({ key, values }) => [key, ...values.map(({ text }) => text)]),
    ...actions.values.map(({ text }) => text),
    ...(resources?.values ?? []).map(({ text }) => text),
  ]);
  if (texts.some(hasPlaceholder)) return "a condition or an action depends on a pseudo parameter";
  const arns = statements.flatMap(({ principals }) => federatedIn(principals));
  const byUrl = new Map<string, Set<string>>();
  for (const arn of arns) {
    const [account = "", url = ""] = arn.split(":oidc-provider/");
    if (hasPlaceholder(url)) return "the URL of an OIDC provider depends on a pseudo parameter";
    byUrl.set(url, (byUrl.get(url) ?? new Set()).add(account));
  }
  const differ = [...byUrl.values()].some(
    (accounts) => accounts.size > 1 && [...accounts].some(hasPlaceholder),
  );
  return differ
    ? "two providers may be the same: the account of one is a pseudo parameter, that of the other is literal"
    : undefined;
}

function federatedIn(principals: Principals | undefined): readonly string[] {
  return (principals?.members ?? []).filter(({ type }) => type === "Federated").map(({ text }) => text);
}

function hasPlaceholder(text: string): boolean {
  return [...PLACEHOLDERS.values()].some((placeholder) => text.includes(placeholder));
}
