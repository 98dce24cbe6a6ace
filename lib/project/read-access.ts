import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { oidc } from "../command-name";
import type { RoleCheck } from "../config/checks/quotas";
import { accessFromText } from "../config/load";
import type { Access } from "../config/model/model";
import { ProjectError } from "../errors";
import { knownActions } from "../iam/data/actions";
import { checkBoundarySize, checkInlinePoliciesSize, checkTrustPolicySize } from "../iam/write/quotas";
import { checkRoleDocuments } from "../iam/write/role-documents";
import { checkActions, unknownServiceWarning } from "../iam/write/unknown-actions";
import { note } from "../terminal/output";
import { constraintOf } from "../terraform/provider-choice";
import { accessFile } from "./project-root";
import { documentsBeside } from "./read-document";
import { refusal } from "./read-input";

/** A file with thousands of projects has a fifth of this size. */
const MAX_BYTES = 5 * 1024 * 1024;

/**
 * Reads, checks and resolves access.yaml. `OIDC_PROVIDER_VERSION` replaces the version of the AWS
 * provider in it.
 * @throws AccessFileError with every problem; ProjectError `access-file-missing`,
 * `access-file-unreadable`, `access-file-too-large`, `access-file-not-utf8`,
 * `provider-version-variable`. Exit code 2.
 */
export function readAccess(file: string = accessFile()): Access {
  const access = accessFromText(readAccessText(file), file, ROLE_CHECKS, documentsBeside(file));
  const awsProvider = constraintOf(process.env);
  return awsProvider === undefined ? access : { ...access, awsProvider };
}

/** Checks of the written policies. */
export const ROLE_CHECKS: readonly RoleCheck[] = [
  checkRoleDocuments,
  checkTrustPolicySize,
  checkInlinePoliciesSize,
  checkBoundarySize,
  (role, access) => {
    const { problems, unknownServices } = checkActions(role, access, ACTIONS);
    for (const service of unknownServices) warnOnce(unknownServiceWarning(service, ACTIONS));
    return problems;
  },
];

const ACTIONS = knownActions();
const warned = new Set<string>();

/** A command can read the file several times. */
function warnOnce(warning: string): void {
  if (warned.has(warning)) return;
  warned.add(warning);
  note(`Warning: ${warning}`);
}

/**
 * The file's text, including a byte order mark.
 * @throws ProjectError `access-file-missing`, `access-file-unreadable`, `access-file-too-large`,
 * `access-file-not-utf8` (exit 2)
 */
export function readAccessText(file: string): string {
  const bytes = readBytes(file);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw refusal("access-file-not-utf8", `${file} is not UTF-8 text`, "save it as UTF-8", cause);
  }
}

function readBytes(file: string): Buffer {
  try {
    const { size } = statSync(file);
    if (size > MAX_BYTES) {
      const message = `${file} has ${size} bytes; the limit is ${MAX_BYTES}`;
      throw refusal("access-file-too-large", message, "check that this is the right file");
    }
    return readFileSync(file);
  } catch (error) {
    if (error instanceof ProjectError) throw error;
    if (typeof error === "object" && error !== null && "code" in error && error.code === "ENOENT") {
      const fix = `create one (${oidc("init")}), or set OIDC_ACCESS_FILE`;
      throw refusal("access-file-missing", `${path.resolve(file)} does not exist`, fix, error);
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw refusal(
      "access-file-unreadable",
      `${file} cannot be read: ${reason}`,
      "check path and permissions",
      error,
    );
  }
}
