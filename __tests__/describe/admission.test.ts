import { describeAdmission } from "../../lib/describe/admission";
import { plainText } from "../../lib/describe/phrase";
import { describeRefusal, type Objection } from "../../lib/describe/refusal";
import { alice, anyRef, anyRefOrNone, bob, only, refs } from "../fixtures/access";

const role = "website/deploy";
const repository = "github.com/acme/website";
const listed = refs({ branches: ["main", "release/*"], tags: ["v1"] });

test.each<[objection: Objection, en: string, ja: string]>([
  [
    { kind: "issuer", found: "https://token.actions.githubusercontent.com" },
    "the token is from another issuer, https://token.actions.githubusercontent.com",
    "トークンの発行者が異なります（https://token.actions.githubusercontent.com）",
  ],
  [
    { kind: "subject" },
    "the subject is not a valid CircleCI subject of a job",
    "サブジェクトが CircleCI のジョブのものではありません",
  ],
  [
    { kind: "audit-logs" },
    "the token is for audit log streaming, not for a job",
    "監査ログ配信用のトークンで、ジョブのものではありません",
  ],
  [{ kind: "organization" }, "the subject is of another organization", "サブジェクトが別の組織のものです"],
  [
    { kind: "project", project: "website" },
    "the job belongs to another project, not to website",
    "website ではなく、別のプロジェクトのジョブです",
  ],
  [
    { kind: "person", role, people: only(alice, bob) },
    "only alice and bob may assume website/deploy",
    "website/deploy を引き受けられるのは alice、bob だけです",
  ],
  [
    { kind: "no-ref", role, refs: listed },
    "the token names no branch or tag (V1 token or custom webhook), and website/deploy requires main, release/*, or tag v1",
    "トークンにブランチもタグも含まれていません（V1 トークンまたはカスタム Webhook）。website/deploy には main、release/* または タグ v1 が必要です",
  ],
  [
    { kind: "no-origin", role, repository },
    "the token names no repository (V1 token or custom webhook), and website/deploy requires github.com/acme/website",
    "トークンにリポジトリが含まれていません（V1 トークンまたはカスタム Webhook）。website/deploy には github.com/acme/website が必要です",
  ],
  [
    { kind: "origin", found: "github.com/bob/website", repository },
    "the code comes from github.com/bob/website, not from github.com/acme/website",
    "コードの取得元が github.com/bob/website で、github.com/acme/website ではありません",
  ],
  [
    { kind: "ref", found: "refs/tags/main", refs: listed },
    "tag main is not an allowed ref (allowed: main, release/*, tag v1)",
    "タグ main は許可されていません（許可されている ref: main、release/*、タグ v1）",
  ],
  [
    { kind: "audience", found: ["sts.amazonaws.com"], audience: "6f2d" },
    "the audience is sts.amazonaws.com, not 6f2d",
    "オーディエンスが sts.amazonaws.com で、6f2d ではありません",
  ],
  [
    { kind: "audience", found: [], audience: "6f2d" },
    "the audience is missing; required: 6f2d",
    "オーディエンスがありません（必要な値: 6f2d）",
  ],
])("denied: %j", (objection, en, ja) => {
  expect(plainText(describeRefusal([objection]))).toBe(en);
  expect(plainText(describeRefusal([objection], "ja"))).toBe(ja);
});

test("several reasons are one sentence", () => {
  const both: readonly Objection[] = [{ kind: "organization" }, { kind: "project", project: "website" }];
  expect(plainText(describeRefusal(both))).toBe(
    "the subject is of another organization; the job belongs to another project, not to website",
  );
});

test.each([
  [
    { person: "alice", ref: "refs/heads/main", refs: listed },
    "alice may assume website/deploy from main",
    "alice は main から website/deploy を引き受けられます",
  ],
  [
    { person: undefined, ref: "refs/heads/x", refs: anyRef },
    "everyone may assume website/deploy from any ref",
    "全員がすべての ref から website/deploy を引き受けられます",
  ],
  [
    { person: undefined, ref: undefined, refs: anyRefOrNone },
    "everyone may assume website/deploy, also with a token that names no repository: code from any repository, if the project passes secrets to forked pull requests",
    "全員が、リポジトリを含まないトークンでも website/deploy を引き受けられます。フォークからのプルリクエストに秘密情報を渡す設定のプロジェクトでは、どのリポジトリのコードでも使えます",
  ],
])("allowed: %j", (admission, en, ja) => {
  expect(plainText(describeAdmission({ role, ...admission }))).toBe(en);
  expect(plainText(describeAdmission({ role, ...admission }, "ja"))).toBe(ja);
});
