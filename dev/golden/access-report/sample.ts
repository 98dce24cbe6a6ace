import { readFileSync } from "node:fs";
import path from "node:path";
import { buildReport } from "../../../lib/access-report/model/build-report";
import type { Dates } from "../../../lib/access-report/model/dates";
import type { LastUsed } from "../../../lib/access-report/model/entry";
import type { GrantedAccess } from "../../../lib/access-report/model/granted-access";
import { grantedRoles } from "../../../lib/access-report/model/granted-roles";
import { reportedPermissions } from "../../../lib/access-report/model/permissions";
import type { AccessReport, ReportSource } from "../../../lib/access-report/model/report";
import type { ReportCommit, Since } from "../../../lib/access-report/model/since";
import { readAccessFile } from "../../../lib/config/load";
import type { AnyRole } from "../../../lib/config/model/model";
import { parsePolicy } from "../../../lib/iam/language/read-policy";
import { repositoryRoot } from "../../../lib/programs/cache";
import { awsPolicies } from "../../../lib/project/aws-data";
import { sha256 } from "../../../lib/project/sha256";
import { COMMITS } from "./commits";
import { sampleLive } from "./live";

const FOLDER = path.join(repositoryRoot, "dev", "golden", "access-report");

/** The moment that the sample answers for. */
const AT = "2026-11-30T12:00:00Z";

/** A company's report in full: with git history, last uses, and what an account has besides. */
export function sampleReport(): AccessReport {
  const text = textOf("access.yaml");
  const { access, file } = readAccessFile(text, "access.yaml", [], (name) => ({ text: textOf(name) }));
  return buildReport({
    at: AT,
    access,
    roles: grantedRoles(access, file),
    sources: ["access.yaml", "policies/legacy-loader.json"].map(sourceOf),
    history: {
      kind: "examined",
      commit: COMMITS.grant,
      versions: 14,
      isShallow: false,
      notCommitted: [],
    },
    dates: DATES,
    aws: awsPolicies,
    lastUses: {
      examined: {
        regions: [
          { account: "111122223333", region: "eu-central-1", first: FIRST, last: LAST, count: 48_210 },
          { account: "777788889999", region: "eu-central-1", first: FIRST, last: LAST, count: 1_377 },
          { account: "444455556666", region: "eu-central-1", first: FIRST, last: LAST, count: 9_655 },
        ],
        notRead: ["trail/777788889999/2026-10-03.json.gz"],
      },
      of: lastUse,
    },
    outside: [
      { account: "data", roles: [], providers: [], refused: [] },
      { account: "staging", roles: [], providers: [], refused: [] },
      {
        account: "production",
        roles: [
          {
            name: "ci-deploy-2023",
            arn: "arn:aws:iam::444455556666:role/ci-deploy-2023",
            accepted: [
              {
                who: ["any user of project ", { quoted: "storefront" }],
                where: ["from any repository"],
                people: [],
              },
            ],
            hasMore: false,
            permissions: reportedPermissions({ identity: [ADMINISTRATOR] }, awsPolicies.actions),
          },
        ],
        providers: [],
        refused: [{ call: "iam:GetRole", object: "aws-reserved/sso", code: "AccessDenied" }],
      },
    ],
    live: sampleLive(access),
  });
}

const ADMINISTRATOR = {
  kind: "policy",
  policy: parsePolicy(`{
    "Version": "2012-10-17",
    "Statement": { "Effect": "Allow", "Action": "*", "Resource": "*" }
  }`),
} as const;

const FIRST = "2026-09-01T00:12:41Z";
const LAST = "2026-11-30T11:58:02Z";

function textOf(file: string): string {
  return readFileSync(path.join(FOLDER, file), "utf8");
}

function sourceOf(file: string): ReportSource {
  return { path: `access/${file}`, sha256: sha256(textOf(file)), commit: COMMITS.grant.hash };
}

const since = (commit: ReportCommit): Since => ({ kind: "commit", commit });

const DATES: Dates = {
  ofAccess: ({ who, roleKey, reasons }: GrantedAccess): Since => {
    if (who.kind === "person" && who.name === "kira") return since(COMMITS.contractors);
    if (reasons.length > 0) return since(COMMITS.grant);
    if (roleKey === "infrastructure/break-glass") return since(COMMITS.breakGlass);
    if (who.kind === "person" && who.name === "luca") return since(COMMITS.contractors);
    return since(COMMITS.first);
  },
  ofRole: ({ key }: AnyRole): Since => since(key === "break-glass" ? COMMITS.breakGlass : COMMITS.first),
  ofPermissions: ({ key }: AnyRole): Since => {
    if (key === "legacy-loader") return { kind: "at-least", commit: COMMITS.first };
    return since(key === "export" ? COMMITS.contractors : COMMITS.first);
  },
};

/** Uses that depend on nothing but the access. */
function lastUse({ who, roleKey, ref }: GrantedAccess): LastUsed {
  if (roleKey === "data-lake/legacy-loader")
    return { kind: "not-judged", why: ["1 file of the account was not read"] };
  if (who.kind !== "person") return { kind: "never" };
  const number = parseInt(sha256(`${who.name} ${roleKey} ${ref.kind}`).slice(0, 4), 16);
  if (number % 3 === 0) return { kind: "never" };
  const day = String((number % 29) + 1).padStart(2, "0");
  return { kind: "used", last: `2026-11-${day}T09:15:00Z`, count: (number % 60) + 1 };
}
