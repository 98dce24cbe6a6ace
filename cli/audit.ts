import { type Command, Option } from "commander";
import { auditAccess, auditInputs, isShut, withAcceptances } from "../lib/audit/audit";
import { printAudit, printAuditAsJson } from "../lib/audit/print";
import { readInputs } from "../lib/audit/read-inputs";
import { printSarif } from "../lib/audit/sarif";
import { readServer, serverIn } from "../lib/circleci/read-server";
import type { Severity } from "../lib/iam/audit/core/finding";
import { inForce, notesOn, readAcceptFile, today } from "../lib/project/acceptance";
import { accessFile, readAccess } from "../lib/project/read-access";
import { wrongCall } from "../lib/project/unknown-name";
import { writeWhole } from "../lib/project/write-whole";
import { note, print, printAsJson } from "../lib/terminal/output";

interface Options {
  readonly policy?: readonly string[];
  readonly issuer?: readonly string[];
  readonly json?: true;
  readonly sarif?: string;
  readonly failOn?: Severity;
  readonly acceptFile?: string;
}

/** `oidc audit`. */
export function addAudit(program: Command): void {
  program
    .command("audit")
    .description("What trust policies let in that nobody meant: ours, or those of files.")
    .option(
      "--policy <file...>",
      "policies, JSON of aws iam, plans, states, templates, folders; - for standard input",
    )
    .option("--issuer <host...>", "hosts of CircleCI Server whose tokens count as CircleCI's, for --policy")
    .option("--json", "all findings, for programs")
    .option(
      "--accept-file <file>",
      "findings that are accepted, a line each: ID until 2027-03-31 because REASON",
    )
    .option("--sarif <file>", "write them for a code-scanning page, too")
    .addOption(
      new Option("--fail-on <severity>", "exit with 1 if a finding is this bad or worse").choices([
        "high",
        "medium",
        "low",
      ]),
    )
    .action(run);
}

function run({ policy, issuer = [], json, sarif, failOn, acceptFile }: Options): void {
  if (policy === undefined && issuer.length > 0)
    throw wrongCall(
      "--issuer says whose tokens policies from elsewhere are judged by",
      "add --policy; for the roles of access.yaml the file says it: `organization.server`",
    );
  const servers = [...issuer.map(readServer), ...serverIn(process.env)];
  const inputs = policy === undefined ? undefined : readInputs(policy);
  const given = inForce(acceptFile === undefined ? [] : readAcceptFile(acceptFile, true), today());
  const found = inputs === undefined ? auditAccess(readAccess(), accessFile()) : auditInputs(inputs, servers);
  const result = withAcceptances(found, given.accepted);
  const known = found.findings.map(({ acceptId }) => acceptId);
  for (const one of notesOn(given, known, "this audit")) note(one);
  if (sarif !== undefined) writeWhole(sarif, printSarif(result, inputs?.sources));
  if (json === true) printAsJson(printAuditAsJson(result));
  else print(printAudit(result));
  if (failOn !== undefined && isShut(result, failOn)) process.exitCode = 1;
}
