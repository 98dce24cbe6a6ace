import type { AwsFault } from "../protocol/aws-fault";
import { listMembers } from "../protocol/query-form";

/** What AssumeRole and AssumeRoleWithWebIdentity have in common, within its limits. */
export interface SessionParameters {
  readonly roleArn: string;
  readonly sessionName: string;
  /** 900-43,200 seconds. Default: 3,600. */
  readonly seconds: number;
  /** The session policy as JSON. */
  readonly policy?: string;
  readonly policyArns: readonly string[];
}

/** Parameters of AssumeRoleWithWebIdentity. */
export interface AssumeRoleParameters extends SessionParameters {
  readonly token: string;
}

/** Parameters of AssumeRole. */
export interface ChainedParameters extends SessionParameters {
  readonly externalId?: string;
}

interface Constraint {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly pattern?: RegExp;
}

/** STS API Reference, AssumeRoleWithWebIdentity and AssumeRole, "Request Parameters". */
const ROLE_ARN: Constraint = {
  name: "roleArn",
  least: 20,
  most: 2_048,
  pattern: /^[\t\n\r\u0020-\u007E\u0085\u00A0-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]+$/u,
};
const SESSION_NAME: Constraint = { name: "roleSessionName", least: 2, most: 64, pattern: /^[\w+=,.@-]*$/ };
const TOKEN: Constraint = { name: "webIdentityToken", least: 4, most: 20_000 };
const EXTERNAL_ID: Constraint = { name: "externalId", least: 2, most: 1_224, pattern: /^[\w+=,.@:/-]*$/ };
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
  const token = readText(form, "WebIdentityToken", TOKEN, problems);
  const session = readSession(form, problems);
  return problems.length === 0 ? { ...session, token } : violated(problems);
}

/**
 * Parameters of AssumeRole that the sandbox does not have: session tags, a source identity and MFA
 * each change what policies see.
 */
const NOT_SUPPORTED =
  /^(Tags|TransitiveTagKeys|ProvidedContexts)\.|^(SourceIdentity|SerialNumber|TokenCode)$/;

/** Parameters of AssumeRole. */
export function readChainedParameters(form: URLSearchParams): ChainedParameters | AwsFault {
  const unsupported = [...form.keys()].find((name) => NOT_SUPPORTED.test(name));
  if (unsupported !== undefined)
    return validationError(`the sandbox does not support ${unsupported} of AssumeRole`);
  const problems: string[] = [];
  const session = readSession(form, problems);
  const externalId =
    form.get("ExternalId") === null ? undefined : readText(form, "ExternalId", EXTERNAL_ID, problems);
  if (problems.length > 0) return violated(problems);
  return { ...session, ...(externalId === undefined ? {} : { externalId }) };
}

function readText(
  form: URLSearchParams,
  parameter: string,
  constraint: Constraint,
  problems: string[],
): string {
  const value = form.get(parameter);
  if (value === null) problems.push(`Value null at '${constraint.name}' ${FAILED}: Member must not be null`);
  else problems.push(...violations(value, constraint));
  return value ?? "";
}

function readSession(form: URLSearchParams, problems: string[]): SessionParameters {
  const roleArn = readText(form, "RoleArn", ROLE_ARN, problems);
  const sessionName = readText(form, "RoleSessionName", SESSION_NAME, problems);
  const seconds = readSeconds(form.get("DurationSeconds"), problems);
  const policy = form.get("Policy") === null ? undefined : readText(form, "Policy", POLICY, problems);
  const policyArns = listMembers(form, "PolicyArns", ".arn");
  if (policyArns.length > MAX_POLICY_ARNS)
    problems.push(
      `Value at 'policyArns' ${FAILED}: Member must have length less than or equal to ${MAX_POLICY_ARNS}`,
    );
  for (const arn of policyArns)
    problems.push(...violations(arn, { ...ROLE_ARN, name: "policyArns.member.arn" }));
  return { roleArn, sessionName, seconds, policyArns, ...(policy === undefined ? {} : { policy }) };
}

function violated(problems: readonly string[]): AwsFault {
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
