import type { AwsFault } from "../protocol/aws-fault";
import { listMembers } from "../protocol/query-form";

/** Parameters of AssumeRoleWithWebIdentity, within their limits. */
export interface AssumeRoleParameters {
  readonly roleArn: string;
  readonly sessionName: string;
  readonly token: string;
  /** 900-43,200 seconds. Default: 3,600. */
  readonly seconds: number;
  /** The session policy as JSON. */
  readonly policy?: string;
  readonly policyArns: readonly string[];
}

interface Constraint {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly pattern?: RegExp;
}

/** STS API Reference, AssumeRoleWithWebIdentity, "Request Parameters". */
const ROLE_ARN: Constraint = {
  name: "roleArn",
  least: 20,
  most: 2_048,
  pattern: /^[\t\n\r\u0020-\u007E\u0085\u00A0-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]+$/u,
};
const SESSION_NAME: Constraint = { name: "roleSessionName", least: 2, most: 64, pattern: /^[\w+=,.@-]*$/ };
const TOKEN: Constraint = { name: "webIdentityToken", least: 4, most: 20_000 };
/**
 * The policy and the listed ARNs can have 2,048 characters in total; longer ones exceed the packed
 * size.
 */
const POLICY: Constraint = {
  name: "policy",
  least: 1,
  most: Number.POSITIVE_INFINITY,
  pattern: /^[\t\n\r\u0020-\u00FF]+$/,
};
const SECONDS = { least: 900, most: 43_200, otherwise: 3_600 };
const MAX_POLICY_ARNS = 10;

export function readParameters(form: URLSearchParams): AssumeRoleParameters | AwsFault {
  const problems: string[] = [];
  const text = (parameter: string, constraint: Constraint): string => {
    const value = form.get(parameter);
    if (value === null)
      problems.push(`Value null at '${constraint.name}' ${FAILED}: Member must not be null`);
    else problems.push(...violations(value, constraint));
    return value ?? "";
  };
  const roleArn = text("RoleArn", ROLE_ARN);
  const sessionName = text("RoleSessionName", SESSION_NAME);
  const token = text("WebIdentityToken", TOKEN);
  const seconds = readSeconds(form.get("DurationSeconds"), problems);
  const policy = form.get("Policy") === null ? undefined : text("Policy", POLICY);
  const policyArns = listMembers(form, "PolicyArns", ".arn");
  if (policyArns.length > MAX_POLICY_ARNS)
    problems.push(
      `Value at 'policyArns' ${FAILED}: Member must have length less than or equal to ${MAX_POLICY_ARNS}`,
    );
  for (const arn of policyArns)
    problems.push(...violations(arn, { ...ROLE_ARN, name: "policyArns.member.arn" }));
  if (problems.length === 0)
    return { roleArn, sessionName, token, seconds, policyArns, ...(policy === undefined ? {} : { policy }) };
  const count = `${problems.length} validation error${problems.length === 1 ? "" : "s"} detected`;
  return validationError(`${count}: ${problems.join("; ")}`);
}

const FAILED = "failed to satisfy constraint";

function violations(value: string, { name, least, most, pattern }: Constraint): readonly string[] {
  // Long values are left out of the message. A token would otherwise be logged.
  const shown =
    name === "webIdentityToken" || value.length > 200
      ? `Value at '${name}'`
      : `Value '${value}' at '${name}'`;
  const length = [...value].length;
  return [
    ...(length < least ? [`Member must have length greater than or equal to ${least}`] : []),
    ...(length > most ? [`Member must have length less than or equal to ${most}`] : []),
    ...(pattern === undefined || pattern.test(value)
      ? []
      : [`Member must satisfy regular expression pattern: ${pattern.source.replace(/^\^|\$$/g, "")}`]),
  ].map((must) => `${shown} ${FAILED}: ${must}`);
}

function readSeconds(text: string | null, problems: string[]): number {
  if (text === null) return SECONDS.otherwise;
  const seconds = /^-?\d{1,9}$/.test(text) ? Number(text) : undefined;
  if (seconds === undefined) {
    problems.push(`Value '${text.slice(0, 40)}' at 'durationSeconds' ${FAILED}: Member must be an integer`);
    return SECONDS.otherwise;
  }
  const must =
    seconds < SECONDS.least
      ? `greater than or equal to ${SECONDS.least}`
      : seconds > SECONDS.most
        ? `less than or equal to ${SECONDS.most}`
        : undefined;
  if (must !== undefined)
    problems.push(`Value '${seconds}' at 'durationSeconds' ${FAILED}: Member must have value ${must}`);
  return seconds;
}

export function validationError(message: string): AwsFault {
  return { status: 400, code: "ValidationError", message };
}
