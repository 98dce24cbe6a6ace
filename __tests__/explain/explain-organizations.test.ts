import { writeFileSync } from "node:fs";
import path from "node:path";
import { accessFromText } from "../../lib/config/load";
import { type ExplainOptions, explain } from "../../lib/explain/explain";
import { access, BOB, fileWith, HOST, inShort, newFolder, ORGANIZATION, WEBSITE } from "./asked";

describe("a CircleCI Server", () => {
  const SERVER = "circleci.acme.example";
  const host = `${SERVER}/org/${ORGANIZATION}`;
  const ofServer = accessFromText(
    `
organization: { id: ${ORGANIZATION}, server: ${SERVER} }
accounts: { main: { id: "123456789012", region: us-east-1, state: { bucket: acme-state } } }
people: { alice: 0b6ad1c5-93a4-4a39-8f3f-2d1f2f0c7a01, bob: ${BOB} }
projects:
  website:
    id: ${WEBSITE}
    repository: github.com/acme/website
    roles:
      deploy: { people: [alice], branches: [main] }
`,
    "access.yaml",
  );
  const write = (name: string, content: object): string => {
    const file = path.join(newFolder(), name);
    writeFileSync(file, JSON.stringify(content));
    return file;
  };
  const policyOf = (condition: object) => ({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${host}` },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: condition,
      },
    ],
  });
  const subject = `org/${ORGANIZATION}/project/${WEBSITE}/user/${BOB}/vcs-origin/github.com/acme/website/vcs-ref/refs/heads/main`;
  const token = (issuer: string) => ({
    iss: `https://${issuer}`,
    aud: ORGANIZATION,
    sub: subject,
    "oidc.circleci.com/project-id": WEBSITE,
  });
  const decisions = (options: ExplainOptions, file = ofServer) =>
    explain(() => file, options).map(({ decision }) => decision);

  test("jobs of its people are allowed; others' are denied, and so is the same job in the cloud", () => {
    expect(decisions({ person: "alice", branch: "main" })).toEqual(["allow"]);
    expect(decisions({ person: "bob", branch: "main" })).toEqual(["deny"]);
    const alice = (issuer: string) => ({
      ...token(issuer),
      sub: subject.replace(BOB, "0b6ad1c5-93a4-4a39-8f3f-2d1f2f0c7a01"),
    });
    expect(decisions({ token: write("own.json", alice(host)) })).toEqual(["allow"]);
    expect(decisions({ token: write("cloud.json", alice(HOST)) })).toEqual(["deny"]);
  });

  test("--issuer asks a policy from elsewhere about its tokens", () => {
    const policy = write(
      "server.json",
      policyOf({ StringLike: { [`${host}:sub`]: `org/${ORGANIZATION}/project/*` } }),
    );
    const job = { person: "bob", project: "website", branch: "main", policy };
    expect(decisions({ ...job, issuer: `https://${host}` }, access)).toEqual(["allow"]);
    expect(decisions(job, access)).toEqual(["deny"]);
    expect(() => decisions({ person: "bob", issuer: SERVER })).toThrow("--issuer");
    expect(() => decisions({ ...job, issuer: "circleci.com" }, access)).toThrow("cloud");
  });

  test("a policy with a condition on the project ID is unknown: AWS documents that key only for the cloud", () => {
    const byProject = policyOf({ StringEquals: { [`${host}:oidc.circleci.com/project-id`]: WEBSITE } });
    const policy = write("project.json", byProject);
    expect(decisions({ token: write("t.json", token(host)), policy })).toEqual(["unknown"]);
    const ofCloud = write(
      "cloud-policy.json",
      JSON.parse(JSON.stringify(byProject).replaceAll(SERVER, "oidc.circleci.com")),
    );
    expect(decisions({ token: write("t2.json", token(HOST)), policy: ofCloud })).toEqual(["allow"]);
  });
});

describe("several organizations", () => {
  const PARTNER = "12345678-0d5b-4a52-9e7d-0c6f0b7a1d12";
  const SHOP = "88c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f03";
  const both = accessFromText(
    `
organizations: { acme: { id: ${ORGANIZATION} }, partner: { id: ${PARTNER} } }
accounts: { main: { id: "123456789012", region: us-east-1, state: { bucket: acme-state } } }
people: { alice: 0b6ad1c5-93a4-4a39-8f3f-2d1f2f0c7a01, bob: ${BOB} }
projects:
  shop:
    organization: partner
    id: ${SHOP}
    repository: github.com/partner/shop
    roles: { deploy: { people: [alice], branches: [main] } }
  website:
    organization: acme
    id: ${WEBSITE}
    repository: github.com/acme/website
    roles: { deploy: { people: [alice, bob], branches: [main] } }
`,
    "access.yaml",
  );

  test("a job has a token of its project's organization", () => {
    const answers = explain(() => both, { branch: "main" });
    expect(inShort(answers)).toMatchObject({
      "alice shop-deploy": "allow",
      "bob shop-deploy": "deny",
      "bob website-deploy": "allow",
    });
    const answer = answers.find(({ role, person }) => role === "shop-deploy" && person === "alice");
    expect(JSON.stringify(answer)).not.toContain(ORGANIZATION);
  });

  test("the other organization's token with the same project, person and ref is denied", () => {
    const token = (organization: string, issuer = organization): string =>
      fileWith({
        iss: `https://oidc.circleci.com/org/${issuer}`,
        aud: organization,
        sub: `org/${organization}/project/${SHOP}/user/0b6ad1c5-93a4-4a39-8f3f-2d1f2f0c7a01/vcs-origin/github.com/partner/shop/vcs-ref/refs/heads/main`,
      });
    const decide = (file: string): unknown =>
      Object.values(inShort(explain(() => both, { token: file, project: "shop", role: "deploy" })))[0];
    expect(decide(token(PARTNER))).toBe("allow");
    expect(decide(token(ORGANIZATION))).toBe("deny");
    expect(decide(token(PARTNER, ORGANIZATION))).toBe("deny");
  });
});
