import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  GetOpenIDConnectProviderCommand,
  GetPolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  type IAMClient,
  ListRolesCommand,
  PutRolePolicyCommand,
  TagRoleCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import fc from "fast-check";
import { compileAccess } from "../../../../lib/iam/evaluate/access";
import { type KeyState, requestKeys } from "../../../../lib/iam/evaluate/request";
import { parsePolicy } from "../../../../lib/iam/language/read-policy";
import { cases } from "../../../iam/automata/cases";
import { ACCOUNT, BOUNDARY, IamSandbox, LOOSE, READING, TEAM_POLICY, TRUST } from "../iam-sandbox";
import { outcome, PROVIDER, policy } from "../test-sandbox";
import { anyStatement } from "./any-statement";

const world = new IamSandbox();
const SESSION = "random-iam";
let client: IAMClient;
beforeAll(async () => {
  await world.start();
  client = await world.iamWith(SESSION, { Effect: "Deny", Action: "*", Resource: "*" });
});
afterAll(() => world.stop());

/** The roles of the account, listed here and not read from it. */
const ROLES = {
  bound: { arn: `${ACCOUNT}:role/ci/bound`, boundary: BOUNDARY, team: "web" },
  free: { arn: `${ACCOUNT}:role/ci/free` },
  loose: { arn: `${ACCOUNT}:role/ci/loose`, boundary: LOOSE },
  elsewhere: { arn: `${ACCOUNT}:role/elsewhere`, boundary: BOUNDARY },
} as const;
type RoleName = keyof typeof ROLES;

const ABSENT: KeyState = { state: "absent" };

interface Asked {
  readonly action: string;
  readonly resource: string;
  readonly keys: readonly (readonly [string, string | readonly string[] | KeyState])[];
  readonly send: () => Promise<unknown>;
}

/** Context keys of a call on a role. A key that the action does not support stays open. */
function onRole(
  name: RoleName,
  action: string,
  send: () => Promise<unknown>,
  keys: Asked["keys"] = [],
): Asked {
  const role: { readonly arn: string; readonly boundary?: string; readonly team?: string } = ROLES[name];
  const hasBoundaryKey = !["iam:GetRolePolicy", "iam:TagRole"].includes(action);
  return {
    action,
    resource: role.arn,
    send,
    keys: [
      ...(hasBoundaryKey ? [["iam:PermissionsBoundary", role.boundary ?? ABSENT] as const] : []),
      ["iam:ResourceTag/team", role.team ?? ABSENT],
      ["aws:ResourceTag/team", role.team ?? ABSENT],
      ["aws:TagKeys", ABSENT],
      ["aws:RequestTag/colour", ABSENT],
      ...keys,
    ],
  };
}

/** None of these calls changes how another is decided. */
const call: fc.Arbitrary<Asked> = fc
  .record({
    name: fc.constantFrom<RoleName>("bound", "free", "loose", "elsewhere"),
    kind: fc.integer({ min: 0, max: 11 }),
    boundary: fc.constantFrom(undefined, BOUNDARY, LOOSE),
    path: fc.constantFrom("/", "/ci/", "/cix/"),
    arn: fc.constantFrom(TEAM_POLICY, LOOSE),
    colour: fc.constantFrom("red", "blue"),
  })
  .map(({ name: RoleName, kind, boundary, path: Path, arn: PolicyArn, colour }) => {
    const on = (action: string, send: () => Promise<unknown>, keys: Asked["keys"] = []) =>
      onRole(RoleName, action, send, keys);
    const untagged = [["aws:TagKeys", ABSENT] as const, ["aws:RequestTag/colour", ABSENT] as const];
    const PolicyDocument = READING;
    switch (kind) {
      case 0:
        return on("iam:GetRole", () => client.send(new GetRoleCommand({ RoleName })));
      case 1:
        return on("iam:GetRolePolicy", () =>
          client.send(new GetRolePolicyCommand({ RoleName, PolicyName: "inline" })),
        );
      case 2:
        return on("iam:PutRolePolicy", () =>
          client.send(new PutRolePolicyCommand({ RoleName, PolicyName: "inline", PolicyDocument })),
        );
      case 3:
        return on(
          "iam:AttachRolePolicy",
          () => client.send(new AttachRolePolicyCommand({ RoleName, PolicyArn })),
          [["iam:PolicyARN", PolicyArn]],
        );
      case 4:
        return on("iam:UpdateAssumeRolePolicy", () =>
          client.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: TRUST })),
        );
      case 5:
        return on(
          "iam:TagRole",
          () => client.send(new TagRoleCommand({ RoleName, Tags: [{ Key: "colour", Value: colour }] })),
          [
            ["aws:TagKeys", ["colour"]],
            ["aws:RequestTag/colour", colour],
          ],
        );
      case 6:
      case 7:
      case 8: {
        // The name is in use, so an allowed call fails with EntityAlreadyExists.
        const resource = `${ACCOUNT}:role${Path}${RoleName}`;
        const input = { RoleName, Path, AssumeRolePolicyDocument: TRUST };
        const limit = boundary === undefined ? {} : { PermissionsBoundary: boundary };
        return {
          action: "iam:CreateRole",
          resource,
          keys: [["iam:PermissionsBoundary", boundary ?? ABSENT] as const, ...untagged],
          send: () => client.send(new CreateRoleCommand({ ...input, ...limit })),
        };
      }
      case 9:
        return {
          action: "iam:GetPolicy",
          resource: PolicyArn,
          keys: [...untagged, ["aws:ResourceTag/team", ABSENT] as const],
          send: () => client.send(new GetPolicyCommand({ PolicyArn })),
        };
      case 10:
        return {
          action: "iam:GetOpenIDConnectProvider",
          resource: PROVIDER,
          keys: [...untagged, ["aws:ResourceTag/team", ABSENT] as const],
          send: () =>
            client.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: PROVIDER })),
        };
      default:
        return PolicyArn === LOOSE
          ? {
              action: "iam:ListRoles",
              resource: "*",
              keys: untagged,
              send: () => client.send(new ListRolesCommand({})),
            }
          : {
              action: "iam:CreatePolicy",
              resource: TEAM_POLICY,
              keys: untagged,
              send: () =>
                client.send(new CreatePolicyCommand({ PolicyName: "team", Path: "/ci/", PolicyDocument })),
            };
    }
  });

const action = fc.constantFrom(
  ...["*", "iam:*", "iam:Get*", "iam:get*", "iam:*Role*", "iam:CreateRole", "iam:PutRolePolicy"],
  ...["iam:AttachRolePolicy", "iam:TagRole", "iam:*Policy", "iam:List*", "iam:Update?ssumeRolePolicy"],
);
const resource = fc.constantFrom(
  ...[
    "*",
    "arn:aws:iam::*:role/*",
    `${ACCOUNT}:role/ci/*`,
    `${ACCOUNT}:role/ci/bound`,
    `${ACCOUNT}:role/elsewhere`,
  ],
  ...[
    `${ACCOUNT}:role/*bound`,
    `${ACCOUNT}:policy/ci/*`,
    BOUNDARY,
    `${ACCOUNT}:oidc-provider/*`,
    `${ACCOUNT}:role/*`,
  ],
);
const condition = fc.constantFrom<object>(
  ...[{}, {}, { StringEquals: { "iam:PermissionsBoundary": BOUNDARY } }],
  { StringNotEquals: { "iam:PermissionsBoundary": BOUNDARY } },
  { Null: { "iam:PermissionsBoundary": "false" } },
  { ArnLike: { "iam:PolicyARN": `${ACCOUNT}:policy/ci/*` } },
  { StringEquals: { "aws:RequestTag/colour": "red" } },
  { "ForAllValues:StringEquals": { "aws:TagKeys": ["colour"] } },
  { StringEquals: { "iam:ResourceTag/team": "web" } },
  { StringNotEquals: { "aws:ResourceTag/team": "web" } },
);
const statement = anyStatement(action, resource, condition);

/** Random statements allow little, so half of the sets allow everything that is not denied. */
const statements = fc
  .tuple(fc.boolean(), fc.array(statement, { minLength: 1, maxLength: 3 }))
  .map(([isOpen, some]) => (isOpen ? [{ Effect: "Allow", Action: "*", Resource: "*" }, ...some] : some));

test("the proxy forwards exactly the IAM calls that the policies allow on the named resource", async () => {
  const seen = { allowed: 0, denied: 0 };
  const run = async (some: readonly object[], calls: readonly Asked[]) => {
    const document = policy(...some);
    await world.iam.send(
      new PutRolePolicyCommand({ RoleName: SESSION, PolicyName: "inline", PolicyDocument: document }),
    );
    const decide = compileAccess(
      { identity: [parsePolicy(document)] },
      {
        type: "AWS",
        account: "123456789012",
        arn: `arn:aws:sts::123456789012:assumed-role/${SESSION}/alice`,
        role: `${ACCOUNT}:role/${SESSION}`,
      },
    );
    for (const { action: asked, resource: named, keys, send } of calls) {
      const { verdict } = decide({ action: asked, resource: named, keys: requestKeys(keys, "open") });
      const expected = verdict === "allowed" ? "forwarded" : "denied";
      const answer = await outcome(send());
      expect([asked, named, keys, answer === "AccessDenied" ? "denied" : "forwarded"]).toEqual([
        ...[asked, named, keys],
        expected,
      ]);
      expect(world.decisions.at(-1)).toMatchObject({ action: asked, resource: named });
      seen[expected === "denied" ? "denied" : "allowed"] += 1;
    }
  };
  await fc.assert(
    fc.asyncProperty(statements, fc.array(call, { minLength: 4, maxLength: 8 }), run),
    cases(40, 3_000),
  );
  expect(seen.allowed).toBeGreaterThan(20);
  expect(seen.denied).toBeGreaterThan(20);
}, 3_600_000);
