import path from "node:path";
import { type ExplainOptions, explain } from "../../lib/explain/explain";
import { printAnswers } from "../../lib/explain/print";
import { fileWith, HOST, newFolder, ORGANIZATION, only, refusalOf, WEBSITE } from "./asked";

describe("a policy from elsewhere", () => {
  const policy = {
    Version: "2012-10-17",
    Statement: {
      Effect: "Allow",
      Principal: { Federated: `arn:aws:iam::210987654321:oidc-provider/${HOST}` },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: { [`${HOST}:aud`]: ORGANIZATION },
        StringLike: {
          [`${HOST}:sub`]: `org/${ORGANIZATION}/project/${WEBSITE}/user/*/vcs-origin/github.com/acme/website/vcs-ref/refs/heads/main`,
        },
      },
    },
  };
  const bob: ExplainOptions = { person: "bob", project: "website" };

  test("bare, from get-role, and from get-role with its document encoded", () => {
    const forms = [
      policy,
      { Role: { RoleName: "theirs", AssumeRolePolicyDocument: policy } },
      { Role: { RoleName: "theirs", AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(policy)) } },
    ];
    for (const form of forms) {
      const file = fileWith(form);
      expect(only({ ...bob, branch: "main", policy: file }).decision).toBe("allow");
      expect(only({ ...bob, branch: "dev", policy: file }).decision).toBe("deny");
    }
  });

  test("without a branch: a proof that it depends on the branch; a branch name that bypasses the pin is allowed", () => {
    const file = fileWith(policy);
    expect(only({ ...bob, policy: file })).toMatchObject({
      decision: "unknown",
      dependsOn: ["branch or tag"],
    });
    const branch = "x/vcs-origin/github.com/acme/website/vcs-ref/refs/heads/main";
    expect(only({ ...bob, branch, policy: file }).decision).toBe("allow");
  });

  test("with a condition on more than the token is undetermined, and names the condition", () => {
    const Condition = { ...policy.Statement.Condition, IpAddress: { "aws:SourceIp": "203.0.113.0/24" } };
    const file = fileWith({ ...policy, Statement: { ...policy.Statement, Condition } });
    expect(only({ ...bob, branch: "main", policy: file })).toMatchObject({
      decision: "unknown",
      dependsOn: ["aws:SourceIp"],
      reason:
        "depends on aws:SourceIp: allowed for requests from 203.0.113.0/24, such as aws:SourceIp = 203.0.113.7",
    });
    expect(only({ ...bob, branch: "dev", policy: file }).decision).toBe("deny");
  });

  test("with a condition on a claim unknown to AWS denies every token", () => {
    const Condition = { StringEquals: { [`${HOST}:oidc.circleci.com/vcs-ref`]: "refs/heads/main" } };
    const file = fileWith({ ...policy, Statement: { ...policy.Statement, Condition } });
    const { decision, reason } = only({ ...bob, branch: "main", policy: file });
    expect(decision).toBe("deny");
    expect(reason).toContain("vcs-ref");
    expect(reason).toContain("absent");
  });

  test("a statement without a principal, or with an empty list of them, denies every token", () => {
    const { Principal: _, ...statement } = policy.Statement;
    const forms = [statement, { ...statement, Principal: {} }, { ...statement, Principal: { AWS: [] } }];
    for (const Statement of forms) {
      const answer = only({ ...bob, branch: "main", policy: fileWith({ ...policy, Statement }) });
      expect(answer.decision).toBe("deny");
      expect(answer.reason).toMatch(/^no statement allows it: Statement(?:\.Principal)? names no principal$/);
      expect(printAnswers([answer])).toContain("the statement names no principal");
    }
  });

  test("NotPrincipal with Allow is undetermined because AWS does not support it; a listed principal is denied", () => {
    const { Principal, ...statement } = policy.Statement;
    const except = (NotPrincipal: object): string =>
      fileWith({ ...policy, Statement: { ...statement, NotPrincipal } });
    expect(only({ ...bob, branch: "main", policy: except({ AWS: "210987654321" }) })).toMatchObject({
      decision: "unknown",
      dependsOn: ["NotPrincipal with Allow, which AWS does not support"],
    });
    expect(only({ ...bob, branch: "main", policy: except(Principal) }).decision).toBe("deny");
  });

  test.each([
    ["https://", `https://${HOST}:aud`],
    ["no prefix", "aud"],
    ["a prefix that AWS does not have", "circleci:aud"],
  ])("a key with %s is in no request: the condition never holds", (_, key) => {
    const Condition = { ...policy.Statement.Condition, StringEquals: { [key]: ORGANIZATION } };
    const file = fileWith({ ...policy, Statement: { ...policy.Statement, Condition } });
    const { decision, reason } = only({ ...bob, branch: "main", policy: file });
    expect(decision).toBe("deny");
    expect(reason).toContain("absent");
  });

  test("and a token require no access.yaml", () => {
    const claims = { iss: `https://${HOST}`, aud: ORGANIZATION, sub: "org/anything" };
    const readFile = (): never => {
      throw new Error("access.yaml was read");
    };
    const [answer] = explain(readFile, { policy: fileWith(policy), token: fileWith(claims) });
    expect(answer?.decision).toBe("deny");
  });

  test("that is invalid is an error with its place", () => {
    expect(refusalOf({ policy: fileWith("{}") }).message).toContain("Statement");
    expect(refusalOf({ policy: fileWith("") }).code).toBe("json-not-read");
    expect(refusalOf({ policy: path.join(newFolder(), "nowhere.json") }).code).toBe("input-missing");
    expect(refusalOf({ policy: newFolder() }).code).toBe("input-unreadable");
  });
});
