import { ProjectError } from "../../errors";
import { isJsonObject, type Json } from "../../iam/language/json";
import { readRole } from "../aws/roles";
import type { AuditedRole } from "../found/audited-role";
import { readTemplate } from "../template/template-roles";
import { parseText } from "../text/parse-text";
import { attributeOf, type Resource } from "./resource";

/** Types of CloudFormation stacks: the template is in `template_body`, or at a URL. */
const STACKS: ReadonlySet<string> = new Set([
  "aws_cloudformation_stack",
  "aws_cloudformation_stack_set",
  "aws_serverlessapplicationrepository_cloudformation_stack",
  "awscc_cloudformation_stack",
  "awscc_cloudformation_stack_set",
]);

/**
 * Roles that a resource creates: a CloudFormation stack by its template, a Cloud Control resource
 * by its desired state. A resource whose contents are not in the file counts as a role that could
 * not be audited.
 */
export function rolesCreatedBy(resource: Resource, file: string): readonly AuditedRole[] {
  const { address, type, values } = resource;
  const isStack = STACKS.has(type);
  // A type that is known only after apply may be a role.
  const isControlled =
    type === "aws_cloudcontrolapi_resource" &&
    [undefined, "AWS::IAM::Role"].some((one) => one === values.type_name);
  if (!isStack && !isControlled) return [];
  const argument = isStack ? "template_body" : "desired_state";
  const { value, isSensitive } = attributeOf(resource, argument);
  const path = `${address}.${argument}`;
  return createdBy(value, isStack, { address, path, file }).map((role) => ({
    ...role,
    ...(isSensitive ? { isSensitive } : {}),
  }));
}

interface Place {
  readonly address: string;
  readonly path: string;
  readonly file: string;
}

function createdBy(value: Json | undefined, isStack: boolean, place: Place): readonly AuditedRole[] {
  const { address, path, file } = place;
  const open = (unreadable: string): readonly AuditedRole[] => [
    { name: address, file, path, policy: undefined, unreadable },
  ];
  if (typeof value !== "string") return open(`${path} is not in the file, or known only after apply`);
  const document = parsed(value);
  if (!isJsonObject(document)) return open(`${path} cannot be read`);
  if (!isStack) return [{ ...readRole(document, file, path), name: address }];
  const found = readTemplate(document, file);
  if (found === undefined) return open(`${path} is not a CloudFormation template`);
  return found.roles.map((role) => ({ ...role, name: `${address} ${role.name}` }));
}

function parsed(text: string): Json | undefined {
  try {
    return parseText(text, true).value;
  } catch (error) {
    if (!(error instanceof ProjectError)) throw error;
    return undefined;
  }
}
