import { createServer } from "node:http";
import { closeServer, listenOnLoopback } from "../../dev/sandbox/http/listen";
import { AwsReader } from "../../lib/adopt/discover/aws-reader";
import { readClients } from "../../lib/adopt/discover/read-clients";
import { findRoles } from "../../lib/adopt/discover/roles";
import { aFoundRole } from "./an-inventory";

/**
 * The IAM Query API of an account that has 250 roles and gives 100 at once, policies
 * percent-encoded, as IAM does.
 */
const ROLES = Array.from({ length: 250 }, (_, at) => `role-${String(at).padStart(3, "0")}`);
const PAGE = 100;
const TRUST = encodeURIComponent(aFoundRole().trust);

function answer(form: URLSearchParams): string {
  if (form.get("Action") === "GetRole") {
    const name = form.get("RoleName") ?? "";
    return `<GetRoleResponse><GetRoleResult><Role>${role(name)}<Description>of ${name}</Description><MaxSessionDuration>7200</MaxSessionDuration></Role></GetRoleResult></GetRoleResponse>`;
  }
  const from = Number(form.get("Marker") ?? "0");
  const isLast = from + PAGE >= ROLES.length;
  const details = ROLES.slice(from, from + PAGE).map((name) => `<member>${role(name)}</member>`);
  const rest = isLast
    ? "<IsTruncated>false</IsTruncated>"
    : `<IsTruncated>true</IsTruncated><Marker>${from + PAGE}</Marker>`;
  return `<GetAccountAuthorizationDetailsResponse><GetAccountAuthorizationDetailsResult><RoleDetailList>${details.join("")}</RoleDetailList>${rest}</GetAccountAuthorizationDetailsResult></GetAccountAuthorizationDetailsResponse>`;
}

function role(name: string): string {
  return `<RoleName>${name}</RoleName><Path>/</Path><Arn>arn:aws:iam::123456789012:role/${name}</Arn><AssumeRolePolicyDocument>${TRUST}</AssumeRolePolicyDocument>`;
}

test("a listing of several pages is read to its end", async () => {
  const pages: string[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part);
      const form = new URLSearchParams(Buffer.concat(parts).toString());
      if (form.get("Action") !== "GetRole") pages.push(form.get("Marker") ?? "first");
      response.writeHead(200, { "content-type": "text/xml" }).end(answer(form));
    })();
  });
  const endpoint = await listenOnLoopback(server);
  const clients = readClients("us-east-1", {
    endpoint,
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
  });
  try {
    const { roles } = await findRoles(
      clients.iam,
      [{ organization: "11111111-2222-4333-8444-555555555555" }],
      new AwsReader(),
    );
    expect(roles.map(({ name }) => name)).toEqual(ROLES);
    expect(roles[249]).toMatchObject({
      description: "of role-249",
      sessionSeconds: 7_200,
      trust: aFoundRole().trust,
    });
    expect(pages).toEqual(["first", "100", "200"]);
  } finally {
    clients.close();
    await closeServer(server);
  }
});
