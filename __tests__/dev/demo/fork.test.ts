import { printRun } from "../../../dev/demo/print-talk";
import { recordPage } from "../../../dev/demo/record/page";
import type { Replayed } from "../../../dev/demo/replay/replay";
import { differencesIn } from "../../../dev/demo/talk";
import { anyRefOrNone } from "../../fixtures/access";
import { accessWith, aTalk } from "./a-talk";

const talk = aTalk();
const open = aTalk({}, accessWith(anyRefOrNone));

function forkOf({ runs }: { readonly runs: readonly Replayed[] }): Replayed {
  const found = runs.find(({ scenario }) => scenario.kind === "fork");
  if (found === undefined) throw new Error("nobody sends a pull request from a fork");
  return found;
}

test("the fork is shown with both of its tokens, and why each is denied", () => {
  const lines = printRun(forkOf(talk)).split("\n");
  const [preview] = lines.join("\n").split("\n  deploy ");
  expect(preview).toMatch(/^ {2}preview {6}denied$/m);
  expect(preview).toMatch(/reason: the code comes from github\.com\/contributor\/website, not from/);
  expect(preview).toMatch(/with its V1 token, CIRCLE_OIDC_TOKEN: denied: AccessDenied/);
  expect(preview).toMatch(/reason: the token names no repository/);
});

test("where a role accepts tokens without an origin, the fork is allowed, and the output names the token", () => {
  const said = printRun(forkOf(open));
  expect(said).toMatch(/with its V1 token, CIRCLE_OIDC_TOKEN: allowed/);
  expect(said).toMatch(
    /code from\s+any\s+repository,\s+if\s+the\s+project\s+passes\s+secrets\s+to\s+forked\s+pull\s+requests/,
  );
});

test("for a job of the repository itself the V1 token is shown only if it is allowed", () => {
  const [alice] = talk.runs;
  const [openAlice] = open.runs;
  if (alice === undefined || openAlice === undefined) throw new Error("nobody pushes");
  expect(printRun(alice)).not.toContain("V1 token");
  expect(printRun(openAlice)).toContain("with its V1 token, CIRCLE_OIDC_TOKEN: allowed");
});

test("the record shows both tokens of the fork, in both languages", () => {
  const page = (of: typeof talk) => recordPage({ talk: of, file: "access.yaml", when: new Date(0) });
  const summaryOf = (of: typeof talk) =>
    [...page(of).matchAll(/<summary>(.*?)<\/summary>/g)]
      .map(([, summary = ""]) => summary)
      .find((summary) => summary.includes("from a fork")) ?? "";
  expect(summaryOf(talk)).toContain("preview, V1 token: denied");
  expect(summaryOf(talk)).toContain("preview（V1 トークン）: 拒否");
  expect(summaryOf(open)).toContain("preview, V1 token: allowed");
  expect(summaryOf(open)).toContain("preview（V1 トークン）: 許可");
  expect(page(talk)).toContain("トークンにリポジトリが含まれていません");
  expect(page(open)).toContain("リポジトリを含まないトークンでも");
});

test("a V1 token that AWS allows against the file is reported", () => {
  const fork = forkOf(talk);
  const jobs = fork.jobs.map((one) => ({
    ...one,
    agrees: false,
    v1Token: { ...one.v1Token, answer: { allowed: true } as const },
  }));
  expect(
    differencesIn({ ...talk, runs: talk.runs.map((run) => (run === fork ? { ...run, jobs } : run)) }),
  ).toEqual([
    expect.stringMatching(
      /^an outside contributor opens a pull request from a fork: preview by CIRCLE_OIDC_TOKEN allowed, and access\.yaml says deny: the token names no repository/,
    ),
    expect.stringMatching(/: deploy by CIRCLE_OIDC_TOKEN allowed, and access\.yaml says deny: /),
  ]);
});
