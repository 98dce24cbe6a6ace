import { readFileSync } from "node:fs";
import { parseAccess } from "../../../../lib/config/load";
import { grantingProjects } from "../../../../lib/config/model/grants";
import type { Role } from "../../../../lib/config/model/model";
import { providerArn } from "../../../../lib/iam/language/arns";
import { type PolicyDocument, printPolicy } from "../../../../lib/iam/language/document";
import type { Proof } from "../../../../lib/iam/prove/tokens/prove-trust-policy";
import { writeTrustPolicy } from "../../../../lib/iam/write/trust/trust-policy";
import { issuerHost } from "../../../../lib/token/issuer";
import { proveConfirmed } from "./confirm";
import { type ChangedValue, everyChangedCharacter, underOperator, withKey, withoutKey } from "./mutations";
import type { ConditionJson, PolicyJson, StatementJson } from "./reference";

const roles = rolesOf("examples/talk/access.yaml");
const SOMEBODY = "0b6ad1c5-93a4-4a39-8f3f-2d1f2f0c7a01";
const OTHER_PROJECT = "11111111-2222-4333-8444-555555555555";
const OTHER_PROVIDER =
  "arn:aws:iam::210987654321:oidc-provider/oidc.circleci.com/org/11111111-2222-4333-8444-555555555555";
const ANY_USER = "????????-????-????-????-????????????";

function rolesOf(file: string): readonly Role[] {
  const parsed = parseAccess(readFileSync(file, "utf8"));
  if (!("access" in parsed)) throw new Error(`${file} has problems`);
  return grantingProjects(parsed.access).flatMap((project) => project.roles);
}

describe.each(roles.map((role) => [role.name, role] as const))("%s", (name, role) => {
  const { grant } = role;
  const provider = providerArn(role.account, grant);
  const policy: PolicyJson & PolicyDocument = JSON.parse(
    printPolicy(writeTrustPolicy(grant, provider, 2048)),
  );
  const prefix = issuerHost(grant);
  const [sub, aud, project] = [`${prefix}:sub`, `${prefix}:aud`, `${prefix}:oidc.circleci.com/project-id`];
  const [statement] = policy.Statement;
  if (statement === undefined) throw new Error("no statement");
  const condition: ConditionJson = statement.Condition ?? {};
  const subjects = Object.values(condition).flatMap((keys) => keys[sub] ?? []);

  function outcome(changed: PolicyJson): string {
    return inShort(proveConfirmed(changed, grant, provider));
  }

  function withStatements(...statements: readonly StatementJson[]): PolicyJson {
    return { ...policy, Statement: statements };
  }

  function changing(change: Partial<StatementJson>): PolicyJson {
    return withStatements({ ...statement, ...change } as StatementJson);
  }

  test("unchanged, it is proven", () => {
    expect(outcome(policy)).toBe("equal");
  });

  test("with any character changed it is not, unless the change has no effect", () => {
    const changes = everyChangedCharacter(policy, process.env.LONG === "1" ? "all" : "in turn");
    const wrong = changes.filter((change) => (outcome(change.policy) === "equal") !== isHarmless(change));
    expect(wrong).toEqual([]);
    expect(changes.length).toBeGreaterThan(100);
  });

  const without = (key: string): PolicyJson => changing({ Condition: withoutKey(condition, key) });
  const under = (key: string, operator: (name: string) => string): PolicyJson =>
    changing({ Condition: underOperator(condition, key, operator) });
  const asking = (operator: string, key: string, values: string | readonly string[]): PolicyJson =>
    changing({ Condition: withKey(condition, operator, key, values) });
  const denying = (more: ConditionJson): PolicyJson =>
    withStatements(statement, { ...statement, Effect: "Deny", Condition: more });
  const isExact = name === "website-deploy";

  const mutations: readonly (readonly [string, PolicyJson, string])[] = [
    ["without the subject", without(sub), "wronglyAllowed"],
    ["without the audience", without(aud), "wronglyAllowed"],
    ["without any condition", changing({ Condition: {} }), "wronglyAllowed"],
    ["with wildcards allowed in the subject", under(sub, () => "StringLike"), "equal"],
    [
      "with wildcards compared as characters",
      under(sub, () => "StringEquals"),
      isExact ? "equal" : "wronglyDenied",
    ],
    ["with any text as the user", changing({ Condition: withAnyUser() }), "wronglyAllowed"],
    ["ignoring case", under(sub, () => "StringEqualsIgnoreCase"), isExact ? "wronglyAllowed" : "both"],
    ["if the subject exists", under(sub, (operator) => `${operator}IfExists`), "wronglyAllowed"],
    ["if the audience exists", under(aud, (operator) => `${operator}IfExists`), "wronglyAllowed"],
    ["for any value of the subject", under(sub, (operator) => `ForAnyValue:${operator}`), "equal"],
    ["for all values of the subject", under(sub, (operator) => `ForAllValues:${operator}`), "wronglyAllowed"],
    ["for any value of the audience", under(aud, (operator) => `ForAnyValue:${operator}`), "equal"],
    [
      "for all values of the audience",
      under(aud, (operator) => `ForAllValues:${operator}`),
      "wronglyAllowed",
    ],
    ["with a negated subject", under(sub, (operator) => operator.replace("String", "StringNot")), "both"],
    ["with the Allow repeated", withStatements(statement, statement), "equal"],
    [
      "with the values repeated in reverse order",
      asking("StringLike", sub, [...subjects, ...subjects].reverse()),
      "equal",
    ],
    [
      "with an additional Allow without conditions",
      withStatements(statement, { ...statement, Condition: {} }),
      "wronglyAllowed",
    ],
    ["with an additional project", withStatements(statement, otherProject()), "wronglyAllowed"],
    ["turned into a Deny", changing({ Effect: "Deny" }), "wronglyDenied"],
    ["with a Deny of all that it allows", denying(condition), "wronglyDenied"],
    [
      "with a Deny of other projects",
      denying({ StringNotLike: { [sub]: `org/${grant.organization}/project/${grant.project}/*` } }),
      "equal",
    ],
    ["with a Deny of the granted user", denying({ StringLike: { [sub]: `*${SOMEBODY}*` } }), "wronglyDenied"],
    ["requiring the subject to be present", asking("Null", sub, "false"), "equal"],
    ["requiring the subject to be absent", asking("Null", sub, "true"), "wronglyDenied"],
    ["requiring the project as well", asking("StringEquals", project, grant.project), "equal"],
    ["requiring another project as well", asking("StringEquals", project, OTHER_PROJECT), "wronglyDenied"],
    [
      "requiring a claim that AWS does not know",
      asking("Bool", `${prefix}:oidc.circleci.com/ssh-rerun`, "false"),
      "wronglyDenied",
    ],
    [
      "requiring that claim if it exists",
      asking("BoolIfExists", `${prefix}:oidc.circleci.com/ssh-rerun`, "false"),
      "equal",
    ],
    [
      "requiring a key of the shared issuer",
      asking("StringEquals", "oidc.circleci.com:aud", grant.audience),
      "wronglyDenied",
    ],
    ["for another provider", changing({ Principal: { Federated: OTHER_PROVIDER } }), "wronglyDenied"],
    [
      "for another provider as well",
      changing({ Principal: { Federated: [provider, OTHER_PROVIDER] } }),
      "equal",
    ],
    [
      "for another provider as well, without conditions",
      changing({ Principal: { Federated: [provider, OTHER_PROVIDER] }, Condition: {} }),
      "wronglyAllowed",
    ],
    ["for every principal", changing({ Principal: "*" }), "others"],
    ["for an account as well", withStatements(statement, account()), "others"],
    ["for an action that takes no token", changing({ Action: "sts:AssumeRole" }), "wronglyDenied"],
    [
      "for that action as well",
      changing({ Action: ["sts:AssumeRole", "sts:AssumeRoleWithWebIdentity"] }),
      "equal",
    ],
    ["for all actions", changing({ Action: "sts:*" }), "equal"],
  ];
  test.each(mutations)("%s", (_, changed, expected) => {
    expect(outcome(changed)).toBe(expected);
  });

  function withAnyUser(): ConditionJson {
    const wide = subjects.map((value) => value.replace(/(?<=\/user\/).{36}/, "*"));
    return withKey(withoutKey(condition, sub), "StringLike", sub, wide);
  }

  function otherProject(): StatementJson {
    const values = subjects.map((value) => value.replace(grant.project, OTHER_PROJECT));
    return {
      ...(statement as StatementJson),
      Condition: withKey(withoutKey(condition, sub), "StringLike", sub, values),
    };
  }

  function account(): StatementJson {
    return {
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::123456789012:root" },
      Action: "sts:AssumeRole",
    };
  }
});

/**
 * A change of a wildcard that leaves the same subjects: no token has a user whose dashes are no
 * dashes.
 */
function isHarmless({ operator, value, at, replacement }: ChangedValue): boolean {
  const character = value.charAt(at);
  if (replacement === character) return true;
  if (operator !== "StringLike") return false;
  const user = value.indexOf(ANY_USER);
  const isUser = user !== -1 && user <= at && at < user + ANY_USER.length;
  return character === "*" ? replacement === "**" : isUser && character === "-" && replacement === "?";
}

function inShort(proof: Proof): string {
  if (proof.result !== "differs") return proof.result === "equal" ? "equal" : `unknown: ${proof.reason}`;
  const { wronglyAllowed, wronglyDenied, others } = proof;
  if (others !== undefined) return "others";
  return wronglyAllowed === undefined
    ? "wronglyDenied"
    : wronglyDenied === undefined
      ? "wronglyAllowed"
      : "both";
}
