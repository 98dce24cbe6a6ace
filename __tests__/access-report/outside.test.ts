import { notExaminedIn } from "../../lib/access-report/print/not-examined";
import { outsideOf } from "../../lib/access-report/read/live-account";
import { awsPolicies } from "../../lib/project/aws-data";
import { fileOf, twoAccounts } from "../config/sample";
import { accessOf, accountOf, asDeclared } from "../live/an-account";
import { reportOn } from "./a-report";

const ACCESS = accessOf();
const ACCOUNT = accountOf(ACCESS);
const DECLARED = asDeclared(ACCESS);
const outside = (changes: Parameters<typeof asDeclared>[1] = {}) =>
  outsideOf(ACCESS, ACCOUNT, asDeclared(ACCESS, changes), awsPolicies);

test("an account as the file declares it has nothing besides", () => {
  expect(outside()).toEqual({ account: "main", roles: [], providers: [], refused: [] });
});

test("a role and a provider that the file does not declare, with whom the role accepts and what it may do", () => {
  const [own] = DECLARED.roles;
  const [provider] = DECLARED.providers;
  if (own === undefined || provider === undefined) throw new Error("a file without a role");
  const copy = {
    ...own,
    name: "old-deploy",
    arn: `${own.arn}-old`,
    attached: ["arn:aws:iam::aws:policy/AdministratorAccess"],
  };
  const unreadable = { ...own, name: "unreadable", arn: `${own.arn}-x`, trust: "not JSON" };
  const other = { ...provider, arn: `${provider.arn}/`, url: `${provider.url}/` };
  const found = outside({ roles: [own, copy, unreadable], providers: [provider, other] });
  expect(found.roles).toMatchObject([
    {
      name: "old-deploy",
      accepted: [{ people: ["alice"] }],
      hasMore: false,
      permissions: { risks: [{ class: "administrator" }] },
    },
    { name: "unreadable", hasMore: true },
  ]);
  expect(found.roles[1]).not.toHaveProperty("accepted");
  expect(found.providers).toEqual([{ arn: other.arn, url: other.url }]);
});

test("an account that was not asked, and calls that were refused, are not examined", () => {
  const refused = [{ call: "iam:GetRole", object: "website-deploy", code: "AccessDenied" }];
  const report = reportOn(fileOf({ accounts: twoAccounts }), { outside: [outside({ refused })] });
  const notes = notExaminedIn(report).map(({ what, phrase }) => [what, ...phrase.slice(1)]);
  expect(notes).toContainEqual(["outside", ": ", { quoted: "other" }]);
  expect(notes).toContainEqual(["refused-calls", ": ", { quoted: "main" }]);
});
