import fc from "fast-check";
import { providerArn } from "../../lib/iam/language/arns";
import { printPolicy } from "../../lib/iam/language/document";
import { parsePolicy } from "../../lib/iam/language/read-policy";
import { proveTrustPolicy } from "../../lib/iam/prove/tokens/prove-trust-policy";
import { trustPolicyOf, writeTrustPolicy } from "../../lib/iam/write/trust/trust-policy";
import { anAccount } from "../fixtures/access";
import { anyGrant } from "../iam/arbitraries";
import { cases } from "../iam/automata/cases";
import { accepted, acceptedRole, fileOf, ids, refusals, roleWith } from "./sample";

const SERVER = "circleci.acme.example";
const withServer = (server: string) =>
  fileOf({ organization: `{ id: ${ids.organization}, server: ${server} }` });
const roleOfServer = roleWith("path: /", { organization: `{ id: ${ids.organization}, server: ${SERVER} }` });

test("a server is the issuer of its tokens: the trust policy, complete", () => {
  const role = acceptedRole(roleOfServer);
  const host = `${SERVER}/org/${ids.organization}`;
  expect(accepted(withServer(SERVER)).organizations[0]).toEqual({
    isDefault: true,
    id: ids.organization,
    audience: ids.organization,
    server: SERVER,
  });
  const cloud = acceptedRole(roleWith("path: /"));
  const written = JSON.stringify(trustPolicyOf(cloud)).replaceAll("oidc.circleci.com/org/", `${SERVER}/org/`);
  expect(JSON.parse(JSON.stringify(trustPolicyOf(role)))).toEqual(JSON.parse(written));
  expect(JSON.stringify(trustPolicyOf(role))).toContain(`oidc-provider/${host}`);
  expect(accepted(fileOf()).organizations[0]).not.toHaveProperty("server");
});

test.each([
  ["https://circleci.acme.example", "malformed-server https://circleci.acme.example"],
  ["circleci.acme.example/org", "malformed-server circleci.acme.example/org"],
  ["circleci.acme.example:8443", "malformed-server circleci.acme.example:8443"],
  ["CircleCI.acme.example", "malformed-server CircleCI.acme.example"],
  ["localhost", "malformed-server localhost"],
  ["10.0.0.1", "malformed-server 10.0.0.1"],
  ["a..example", "malformed-server a..example"],
  ["circleci.com", "server-is-cloud circleci.com"],
  ["oidc.circleci.com", "server-is-cloud oidc.circleci.com"],
  ["https://app.circleci.com/", "server-is-cloud https://app.circleci.com/"],
])("%s is rejected", (server, refusal) => {
  expect(refusals(withServer(server))).toEqual([refusal]);
});

describe("the policy for a server is proven", () => {
  test("for any grant, and differs from grants of the cloud and of another server", () => {
    fc.assert(
      fc.property(anyGrant, (cloud) => {
        const grant = { ...cloud, server: SERVER };
        const provider = providerArn(anAccount(), grant);
        const policy = parsePolicy(printPolicy(writeTrustPolicy(grant, provider, 8192)));
        expect(proveTrustPolicy(policy, grant, provider)).toEqual({ result: "equal" });
        expect(proveTrustPolicy(policy, cloud, providerArn(anAccount(), cloud)).result).toBe("differs");
        const other = { ...cloud, server: "ci.example.org" };
        expect(proveTrustPolicy(policy, other, providerArn(anAccount(), other)).result).toBe("differs");
      }),
      cases(20, 5_000),
    );
  });

  test("and a policy with a condition on the project ID differs from the grant: AWS may not set the key", () => {
    const role = acceptedRole(roleOfServer);
    const provider = providerArn(role.account, role.grant);
    const host = `${SERVER}/org/${ids.organization}`;
    const { Version, Statement } = trustPolicyOf(role);
    const more = { StringEquals: { [`${host}:oidc.circleci.com/project-id`]: role.grant.project } };
    const narrowed = {
      Version,
      Statement: Statement.map((one) => ({ ...one, Condition: merged(one.Condition, more) })),
    };
    expect(proveTrustPolicy(parsePolicy(JSON.stringify(narrowed)), role.grant, provider).result).toBe(
      "differs",
    );
  });
});

type Block = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

function merged(one: Block | undefined, other: Block): Block {
  const names = [...Object.keys(one ?? {}), ...Object.keys(other)];
  return Object.fromEntries(names.map((name) => [name, { ...one?.[name], ...other[name] }]));
}
