import { compareText } from "../collections/sort";
import { checkAccounts } from "./checks/accounts";
import { checkArns } from "./checks/arns";
import { checkAudiences } from "./checks/audiences";
import { checkBoundaries } from "./checks/boundaries";
import { checkDeploys } from "./checks/deploys";
import { noDocuments, type ReadDocument, readDocuments } from "./checks/documents";
import { checkEncryption } from "./checks/encryption";
import { checkKeys } from "./checks/keys";
import { checkLists } from "./checks/lists";
import { checkMembers } from "./checks/members";
import { checkOrganizations } from "./checks/organizations";
import { type Outline, outlineOf } from "./checks/outline";
import { checkPeriods } from "./checks/periods";
import { checkPipelines } from "./checks/pipeline";
import { checkProjects } from "./checks/projects";
import { checkQuotas, type RoleCheck } from "./checks/quotas";
import { checkRoleNames } from "./checks/role-names";
import { checkRoles } from "./checks/roles";
import { checkStacks } from "./checks/stacks";
import { checkStatements } from "./checks/statements";
import { checkTerraformRoles } from "./checks/terraform-roles";
import { checkUniqueness } from "./checks/uniqueness";
import { buildAccess } from "./model/build-access";
import type { Access } from "./model/model";
import { type AccessFile, accessSchema } from "./schema/schema";
import { reportSchemaIssues } from "./schema/schema-problems";
import { AccessFileError, type Problem } from "./yaml/problem";
import { readYaml, type YamlSource } from "./yaml/yaml-source";

/** A valid file, as it is written and with everything resolved. */
export interface ValidAccess {
  readonly access: Access;
  readonly file: AccessFile;
}

type ParseResult = ValidAccess | { readonly problems: readonly Problem[] };

/**
 * Reads the text of access.yaml. Never throws. Pure except for `readDocument`.
 * @param roleChecks checks of complete roles, which run only if the file has no other problem
 * @param readDocument reads a policy file that the text names; by default, naming one is a problem
 * @returns the file and its Access, or every problem in the order of the file (at least one)
 */
export function parseAccess(
  text: string,
  roleChecks: readonly RoleCheck[] = [],
  readDocument: ReadDocument = noDocuments,
): ParseResult {
  const source = readYaml(text);
  if (source.root === undefined) return { problems: inOrder(source.problems) };
  const parsed = accessSchema.safeParse(source.root);
  if (!parsed.success) reportSchemaIssues(parsed.error.issues, source);
  const outline = outlineOf(source.root);
  checkAcross(outline, source);
  const documents = readDocuments(outline, readDocument, source);
  if (!parsed.success || source.problems.length > 0) return { problems: inOrder(source.problems) };
  const access = buildAccess(parsed.data, documents);
  checkQuotas(access, roleChecks, source);
  return source.problems.length > 0 ? { problems: inOrder(source.problems) } : { access, file: parsed.data };
}

/**
 * As `parseAccess`, for callers that require a valid file.
 * @param file the file's name for messages
 * @throws AccessFileError with every problem
 */
export function accessFromText(
  text: string,
  file: string,
  roleChecks: readonly RoleCheck[] = [],
  readDocument: ReadDocument = noDocuments,
): Access {
  return readAccessFile(text, file, roleChecks, readDocument).access;
}

/** The same, with the file as it is written. @throws AccessFileError with every problem */
export function readAccessFile(
  text: string,
  file: string,
  roleChecks: readonly RoleCheck[] = [],
  readDocument: ReadDocument = noDocuments,
): ValidAccess {
  const result = parseAccess(text, roleChecks, readDocument);
  if ("problems" in result) throw new AccessFileError(file, result.problems);
  return result;
}

function checkAcross(outline: Outline, source: YamlSource): void {
  checkKeys(source.root, source);
  checkLists(source.root, source);
  checkUniqueness(outline, source);
  checkMembers(outline, source);
  checkPeriods(source.root, outline, source);
  checkPipelines(outline, source);
  checkOrganizations(source.root, outline, source);
  checkAccounts(outline, source);
  checkRoles(outline, source);
  checkProjects(outline, source);
  checkRoleNames(outline, source);
  checkArns(source.root, outline, source);
  checkEncryption(source.root, outline, source);
  checkStatements(outline, source);
  checkDeploys(outline, source);
  checkTerraformRoles(outline, source);
  checkBoundaries(outline, source);
  checkStacks(outline, source);
  checkAudiences(outline, source);
}

/** Sorted by place, then by code, without duplicates. */
function inOrder(problems: readonly Problem[]): readonly Problem[] {
  const sorted = [...problems].sort(
    (left, right) =>
      left.line - right.line || left.column - right.column || compareText(left.code, right.code),
  );
  return sorted.filter((problem, index) => {
    const before = sorted[index - 1];
    return before === undefined || JSON.stringify(before) !== JSON.stringify(problem);
  });
}
