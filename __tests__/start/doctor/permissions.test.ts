import { createServer, type Server } from "node:http";
import { closeServer, listenOnLoopback } from "../../../dev/sandbox/http/listen";
import { checkPermissions } from "../../../lib/start/doctor/checks/permissions";
import { aBucket, anAccess, anAccount, aProject, aRole } from "../../fixtures/access";

const ALICE = "arn:aws:iam::123456789012:user/alice";
const account = anAccount();
const access = anAccess({ projects: [aProject({ roles: [aRole({ bucket: aBucket() })] })] });
const before = { ...process.env };

/** Actions that IAM's simulation says no to. */
let denied: readonly string[] = [];
let forms: URLSearchParams[] = [];
let server: Server;

/**
 * The IAM Query API, of which only this call is answered (IAM API Reference,
 * SimulatePrincipalPolicy).
 */
beforeAll(async () => {
  server = createServer((request, response) => {
    void (async () => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part);
      const form = new URLSearchParams(Buffer.concat(parts).toString());
      forms.push(form);
      const values = (prefix: string) =>
        [...form].filter(([key]) => key.startsWith(`${prefix}.member.`)).map(([, value]) => value);
      const results = values("ActionNames").flatMap((action) =>
        values("ResourceArns").map((resource) => {
          const decision = denied.includes(action) ? "implicitDeny" : "allowed";
          return `<member><EvalActionName>${action}</EvalActionName><EvalResourceName>${resource}</EvalResourceName><EvalDecision>${decision}</EvalDecision></member>`;
        }),
      );
      response.writeHead(200, { "content-type": "text/xml" });
      response.end(
        `<SimulatePrincipalPolicyResponse><SimulatePrincipalPolicyResult><IsTruncated>false</IsTruncated><EvaluationResults>${results.join("")}</EvaluationResults></SimulatePrincipalPolicyResult></SimulatePrincipalPolicyResponse>`,
      );
    })();
  });
  const endpoint = await listenOnLoopback(server);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: "a",
    AWS_SECRET_ACCESS_KEY: "b",
  });
});

afterAll(async () => {
  process.env = before;
  await closeServer(server);
});

beforeEach(() => {
  denied = [];
  forms = [];
});

test("a caller with all permissions is good; each action is simulated on its resource", async () => {
  expect(await checkPermissions(access, account, ALICE)).toEqual([
    { what: "permissions", state: "good", detail: `${ALICE} has the permissions that a deploy needs` },
  ]);
  expect(new Set(forms.map((form) => form.get("PolicySourceArn")))).toEqual(new Set([ALICE]));
  const resources = forms.map((form) => form.get("ResourceArns.member.1"));
  expect(resources).toEqual([
    "arn:aws:iam::123456789012:role/website-deploy",
    "arn:aws:iam::123456789012:oidc-provider/oidc.circleci.com/org/6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11",
    "arn:aws:s3:::acme-website",
    "arn:aws:s3:::acme-terraform-state/main-identity.tfstate",
  ]);
});

test("a caller without them is told how many are missing, with an example", async () => {
  denied = ["iam:PutRolePolicy", "s3:PutBucketPolicy"];
  expect(await checkPermissions(access, account, ALICE)).toEqual([
    expect.objectContaining({
      state: "wrong",
      detail: `${ALICE} lacks 2 permissions that a deploy needs, such as iam:PutRolePolicy on arn:aws:iam::123456789012:role/website-deploy`,
    }),
  ]);
});

test("a session is simulated as its role", async () => {
  await checkPermissions(access, account, "arn:aws:sts::123456789012:assumed-role/admin/alice");
  expect(forms[0]?.get("PolicySourceArn")).toBe("arn:aws:iam::123456789012:role/admin");
});
