import { changesSince } from "../../lib/access-report/compare/changes-since";
import { compareFiles } from "../../lib/access-report/compare/compare-files";
import type { Comparison } from "../../lib/access-report/compare/compare-snapshots";
import { liveDifferences } from "../../lib/access-report/compare/live-differences";
import { accessPage } from "../../lib/access-report/html/access-page";
import type { ReportLive } from "../../lib/access-report/model/differences";
import { liveFact } from "../../lib/access-report/print/difference-words";
import { printReportAsJson } from "../../lib/access-report/print/json";
import { printReport } from "../../lib/access-report/print/text";
import { plainText } from "../../lib/describe/phrase";
import { WELL_KNOWN } from "../../lib/iam/data/managed-policies";
import { compareAccount } from "../../lib/live/compare/compare-account";
import { fileOf } from "../config/sample";
import { accessOf, accountOf, asDeclared } from "../live/an-account";
import { reportOn } from "./a-report";

const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";
const access = accessOf();
const now = asDeclared(access);
const [deploy] = now.roles;
if (deploy === undefined) throw new Error("a file without roles");
const other = { ...deploy, name: "legacy", arn: "arn:aws:iam::123456789012:role/legacy", inline: [] };

function compared(changes: Parameters<typeof asDeclared>[1] = {}): ReportLive {
  return liveDifferences(compareAccount(access, accountOf(access), asDeclared(access, changes), WELL_KNOWN));
}

const refusal = (call: string, object: string) => ({ call, object, code: "AccessDenied" });

describe("an account is as the file says only if all of it was examined and nothing differs", () => {
  test.each<[fact: string, outcome: ReportLive["outcome"], changes: Parameters<typeof asDeclared>[1]]>([
    ["The account is as access.yaml says: 1 role, 1 OIDC provider, 2 buckets examined", "as-declared", {}],
    [
      "No difference in what could be read: 0 roles, 1 OIDC provider, 2 buckets; 1 not examined",
      "partial",
      { roles: [], refused: [refusal("iam:GetRole", "website-deploy")] },
    ],
    [
      "Nothing of the account could be compared with access.yaml; 6 not examined",
      "partial",
      {
        roles: [],
        providers: [],
        buckets: new Map(),
        refused: [
          refusal("iam:GetAccountAuthorizationDetails", "all roles"),
          refusal("iam:ListOpenIDConnectProviders", "all providers"),
          refusal("s3:GetBucketVersioning", "acme-website"),
          refusal("s3:GetBucketVersioning", "acme-terraform-state"),
        ],
      },
    ],
    ["1 role differs from access.yaml", "differs", { roles: [{ ...deploy, attached: [ADMINISTRATOR] }] }],
    ["1 role is not in access.yaml", "differs", { roles: [deploy, other] }],
    ["1 role of access.yaml is not in the account", "differs", { roles: [] }],
    [
      "No difference in access; 1 resource differs in other settings",
      "same-access",
      { roles: [{ ...deploy, path: "/team/" }] },
    ],
  ])("%s", (fact, outcome, changes) => {
    const live = compared(changes);
    expect([liveFact(live), live.outcome]).toEqual([fact, outcome]);
  });
});

test("the page, the terminal and JSON say the difference by risk, role, who and what", () => {
  const live = compared({ roles: [{ ...deploy, attached: [ADMINISTRATOR] }] });
  const report = reportOn(fileOf({}), { live: [live] });
  const [row] = live.rows;
  expect(row).toMatchObject({
    class: "administrator",
    level: "severe",
    subjects: [{ kind: "role", name: "website-deploy", in: "both" }],
  });
  const what = plainText(row?.what ?? []);
  expect(what).toMatch(/website-deploy.*administrator/);
  // Whether someone changed the account, or the file was not deployed yet, is not known.
  expect(what).not.toMatch(/outside this configuration/);
  expect(printReport(report)).toMatch(/main: 1 role differs from access\.yaml\s+administrator: /);
  expect(JSON.parse(printReportAsJson(report)).report.live).toMatchObject([
    { account: "main", outcome: "differs", differences: [{ class: "administrator", what }] },
  ]);
  expect(accessPage(report)).toMatch(/<h2 id="live">[\s\S]*1 role differs from access\.yaml/);
  expect(accessPage(report, "ja")).toMatch(/<h2 id="live">[\s\S]*ロール 1 件が access\.yaml と異なります/);
});

test("compared with another moment, the page has what changed since by the same rows; an equal file has no change", () => {
  const side = { at: "2026-03-31T00:00:00Z" };
  const review = compareFiles(accessOf(), accessOf({}, ["alice", "bob"]), WELL_KNOWN);
  const pageOf = (changed: Comparison["review"]) =>
    accessPage(
      reportOn(fileOf({}), {
        changes: changesSince({ before: side, after: side, review: changed, byTime: [] }),
      }),
    );
  expect(pageOf(review)).toMatch(
    /<h2 id="changes">Changes since 31 March 2026[\s\S]*1 change of access\.[\s\S]*bob/,
  );
  expect(pageOf(compareFiles(access, access, WELL_KNOWN))).toMatch(/No change of access\./);
});

test("without an account that was asked, nothing is said of one", () => {
  const report = reportOn(fileOf({}));
  expect(accessPage(report)).not.toMatch(/id="live"|as access\.yaml says/);
  expect(printReport(report)).not.toMatch(/as access\.yaml says|differs/);
  expect(JSON.parse(printReportAsJson(report)).report.live).toBeNull();
});
