import { auditAccess, auditInputs, failsOn } from "../../lib/audit/audit";
import { readInputs } from "../../lib/audit/inputs/read-inputs";
import { printAudit } from "../../lib/audit/print";
import { accessFromText } from "../../lib/config/load";
import { auditTrustPolicy } from "../../lib/iam/audit/audit-trust-policy";
import { contextOf } from "../../lib/iam/audit/core/own-context";
import { parsePolicy } from "../../lib/iam/language/read-policy";
import { Inputs, inShort, ORG, PROJECT, trust } from "./a-file";

const SERVER = "circleci.acme.example";
const HOST = `${SERVER}/org/${ORG}`;
const arn = (host: string) => `arn:aws:iam::123456789012:oidc-provider/${host}`;
const MAIN = `org/${ORG}/project/${PROJECT}/user/????????-????-????-????-????????????/vcs-origin/github.com/acme/site/vcs-ref/refs/heads/main`;

let inputs: Inputs;
beforeEach(() => {
  inputs = new Inputs();
});
afterEach(() => inputs.remove());

function audit(policy: object, servers: readonly string[]) {
  return auditInputs(readInputs([inputs.write(policy)]), servers);
}

/** A trust policy that asks for the server's tokens. */
const ofServer = (subject: string) => trust(subject, arn(HOST), HOST);

describe("a server named in the call", () => {
  test("is audited like the cloud", () => {
    expect(inShort(audit(ofServer(`org/${ORG}/project/*`), [SERVER]))).toMatchObject({
      audited: 1,
      found: expect.arrayContaining([expect.stringContaining("project-wildcard")]),
    });
    expect(inShort(audit(ofServer(MAIN), [SERVER]))).toMatchObject({
      audited: 1,
      found: [],
      otherIssuers: 0,
    });
  });

  test("shares no findings with the cloud: condition keys of the cloud never hold for its tokens", () => {
    const { Statement } = ofServer(MAIN);
    const wrongKey = {
      Statement: Statement.map((one) => ({ ...one, Condition: trust(MAIN).Statement[0]?.Condition })),
    };
    expect(audit(wrongKey, [SERVER]).findings.map(({ id }) => id)).toContain("condition-never-true");
  });

  test("a condition on the project ID only is open: AWS documents that key for the cloud", () => {
    const byProject = {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Federated: arn(HOST) },
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: {
            StringEquals: { [`${HOST}:aud`]: ORG, [`${HOST}:oidc.circleci.com/project-id`]: PROJECT },
          },
        },
      ],
    };
    const found = audit(byProject, [SERVER]).findings;
    expect(found.map(({ id }) => id)).toContain("no-subject-condition");
    expect(found[0]?.counterexample?.facts.map(({ key }) => key)).toContain(
      `${HOST}:oidc.circleci.com/project-id`,
    );
  });
});

describe("a server not named in the call", () => {
  test.each<[what: string, policy: object]>([
    ["its issuer", ofServer(MAIN)],
    ["its issuer with a slash at the end", trust(MAIN, arn(`${HOST}/`), `${HOST}/`)],
    ["its issuer in capitals", trust(MAIN, arn(HOST.toUpperCase()), HOST)],
    ["another path, and CircleCI's subject", trust(MAIN, arn(`${SERVER}/oidc`), `${SERVER}/oidc`)],
    ["no path, and CircleCI's subject with a wildcard", trust("*/project/*/user/*", arn(SERVER), SERVER)],
    [
      "a claim of CircleCI's",
      {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Federated: arn(SERVER) },
            Action: "sts:AssumeRoleWithWebIdentity",
            Condition: { StringEquals: { [`${SERVER}:oidc.circleci.com/project-id`]: PROJECT } },
          },
        ],
      },
    ],
  ])("by %s is not decided, and never another role", (_, policy) => {
    const result = audit(policy, []);
    expect(inShort(result)).toMatchObject({ audited: 0, notDecided: 1, others: 0, otherIssuers: 0 });
    expect(failsOn(result, "high")).toBe(true);
    expect(printAudit(result)).toContain("--issuer");
  });

  test("a server other than the named one is undetermined", () => {
    expect(audit(ofServer(MAIN), ["ci.example.org"])).toMatchObject({ notDecided: 1 });
  });

  test.each([
    ["token.actions.githubusercontent.com", "repo:octo/*"],
    ["gitlab.com", "project_path:acme/site:ref_type:branch:ref:main"],
    ["app.terraform.io", "organization:acme:project:web:workspace:*"],
    ["oidc.eks.eu-west-1.amazonaws.com/id/0A1B", "system:serviceaccount:a:b"],
  ])("%s is another issuer", (host, subject) => {
    expect(inShort(audit(trust(subject, arn(host), host), []))).toMatchObject({
      notDecided: 0,
      otherIssuers: 1,
    });
  });
});

test("the roles of an access.yaml with a server have no finding", () => {
  const text = `
organization: { id: ${ORG}, server: ${SERVER} }
accounts: { main: { id: "123456789012", region: us-east-1, state: { bucket: acme-state } } }
people: { alice: 0b6ad1c5-93a4-4a39-8f3f-2d1f2f0c7a01 }
projects:
  site:
    id: ${PROJECT}
    repository: github.com/acme/site
    roles:
      deploy: { people: [alice], branches: [main] }
      preview: { people: everyone, branches: any }
`;
  expect(inShort(auditAccess(accessFromText(text, "access.yaml"), "access.yaml"))).toMatchObject({
    found: [],
    audited: 2,
    notDecided: 0,
    otherIssuers: 0,
  });
});

test("the roles of an access.yaml with several organizations trust their own, and a third one is foreign", () => {
  const partner = "12345678-0d5b-4a52-9e7d-0c6f0b7a1d12";
  const third = "23456789-0d5b-4a52-9e7d-0c6f0b7a1d13";
  const project = (name: string, organization: string, id: string): string => `
  ${name}:
    organization: ${organization}
    id: ${id}
    repository: github.com/${organization}/${name}
    roles:
      deploy: { people: [alice], branches: [main] }`;
  const access = accessFromText(
    `organizations: { acme: { id: ${ORG} }, partner: { id: ${partner}, server: ${SERVER} } }
accounts: { main: { id: "123456789012", region: us-east-1, state: { bucket: acme-state } } }
people: { alice: 0b6ad1c5-93a4-4a39-8f3f-2d1f2f0c7a01 }
projects: ${project("site", "acme", PROJECT)}${project("shop", "partner", third)}
`,
    "access.yaml",
  );
  expect(inShort(auditAccess(access, "access.yaml"))).toMatchObject({ found: [], audited: 2 });
  const context = contextOf(access);
  const foreign = (id: string) => {
    const host = `oidc.circleci.com/org/${id}`;
    const policy = parsePolicy(JSON.stringify(trust(`org/${id}/*`, arn(host), host)));
    return auditTrustPolicy(policy, context).map((found) => found.id);
  };
  expect(foreign(ORG)).not.toContain("other-organizations");
  expect(foreign(third)).toContain("other-organizations");
});
