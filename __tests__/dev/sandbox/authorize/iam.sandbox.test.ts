import {
  AttachRolePolicyCommand,
  CreateOpenIDConnectProviderCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  DeleteOpenIDConnectProviderCommand,
  DeletePolicyCommand,
  DeleteRoleCommand,
  DeleteRolePermissionsBoundaryCommand,
  DetachRolePolicyCommand,
  GetOpenIDConnectProviderCommand,
  GetPolicyCommand,
  GetRoleCommand,
  type IAMClient,
  ListOpenIDConnectProvidersCommand,
  ListRolesCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  TagRoleCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from "@aws-sdk/client-iam";
import { ACCOUNT, allow, BOUNDARY, IamSandbox, LOOSE, READING, TEAM_POLICY, TRUST } from "../iam-sandbox";
import { outcome, PROVIDER } from "../test-sandbox";

const world = new IamSandbox();
beforeAll(() => world.start(), 60_000);
afterAll(() => world.stop());

const ROLES = `${ACCOUNT}:role/ci/*`;
const withBoundary = { StringEquals: { "iam:PermissionsBoundary": BOUNDARY } };

function createRole(
  client: IAMClient,
  RoleName: string,
  rest: { Path?: string; PermissionsBoundary?: string } = {},
) {
  return outcome(client.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: TRUST, ...rest })));
}

function putPolicy(client: IAMClient, RoleName: string) {
  return outcome(
    client.send(new PutRolePolicyCommand({ RoleName, PolicyName: "more", PolicyDocument: READING })),
  );
}

function lastMessage(): string {
  return world.decisions.at(-1)?.message ?? "";
}

describe("a role is identified by its ARN, including its path", () => {
  test("reading is allowed only on its ARN", async () => {
    const client = await world.iamWith("reads-one", allow("iam:GetRole", `${ACCOUNT}:role/ci/bound`));
    const get = (RoleName: string) => outcome(client.send(new GetRoleCommand({ RoleName })));
    expect([await get("bound"), await get("free"), await get("elsewhere")]).toEqual([
      "allowed",
      "AccessDenied",
      "AccessDenied",
    ]);
    expect(lastMessage()).toBe(
      "User: arn:aws:sts::123456789012:assumed-role/reads-one/alice is not authorized to perform: iam:GetRole on resource: role elsewhere because no identity-based policy allows the iam:GetRole action",
    );
  });

  test("an ARN without a path does not match a role with one, and vice versa", async () => {
    const byName = await world.iamWith("by-name", allow("iam:GetRole", `${ACCOUNT}:role/bound`));
    const byPath = await world.iamWith("by-path", allow("iam:GetRole", `${ACCOUNT}:role/ci/elsewhere`));
    expect(await outcome(byName.send(new GetRoleCommand({ RoleName: "bound" })))).toBe("AccessDenied");
    expect(await outcome(byPath.send(new GetRoleCommand({ RoleName: "elsewhere" })))).toBe("AccessDenied");
  });

  test("a role that does not exist counts as one without a path", async () => {
    const client = await world.iamWith("looks-for", allow("iam:GetRole", `${ACCOUNT}:role/missing*`));
    const get = (RoleName: string) => outcome(client.send(new GetRoleCommand({ RoleName })));
    expect([await get("missing-one"), await get("absent")]).toEqual(["NoSuchEntity", "AccessDenied"]);
    const ci = await world.iamWith("looks-in-ci", allow("iam:GetRole", ROLES));
    expect(await outcome(ci.send(new GetRoleCommand({ RoleName: "missing-one" })))).toBe("AccessDenied");
  });

  test("a new role has the path and name of the request", async () => {
    const client = await world.iamWith("makes-in-ci", allow("iam:CreateRole", ROLES));
    expect(await createRole(client, "made", { Path: "/ci/" })).toBe("allowed");
    expect(await createRole(client, "made-2")).toBe("AccessDenied");
    expect(lastMessage()).toContain(`iam:CreateRole on resource: ${ACCOUNT}:role/made-2 because`);
    expect(await createRole(client, "made-3", { Path: "/cix/" })).toBe("AccessDenied");
    // Its ARN would match the path. AWS does not accept the name.
    expect(await createRole(client, "ci/made-4")).toBe("AccessDenied");
  });

  test("a Deny on one role does not apply to others", async () => {
    const deny = { Effect: "Deny", Action: "iam:*", Resource: `${ACCOUNT}:role/ci/free` };
    const client = await world.iamWith("all-but-one", allow("iam:*", "*"), deny);
    expect(await outcome(client.send(new GetRoleCommand({ RoleName: "bound" })))).toBe("allowed");
    expect(await outcome(client.send(new GetRoleCommand({ RoleName: "free" })))).toBe("AccessDenied");
    expect(lastMessage()).toMatch(
      /on resource: role free with an explicit deny in an identity-based policy$/,
    );
  });
});

describe("the permissions boundary", () => {
  test("of a new role is that of the request", async () => {
    const client = await world.iamWith("makes-bound", allow("iam:CreateRole", ROLES, withBoundary));
    const make = (name: string, PermissionsBoundary?: string) =>
      createRole(client, name, {
        Path: "/ci/",
        ...(PermissionsBoundary === undefined ? {} : { PermissionsBoundary }),
      });
    expect(await make("new-bound", BOUNDARY)).toBe("allowed");
    expect(await make("new-free")).toBe("AccessDenied");
    expect(await make("new-loose", LOOSE)).toBe("AccessDenied");
    expect(await make("new-longer", `${BOUNDARY}2`)).toBe("AccessDenied");
  });

  test("of an existing role is its current one, for every action", async () => {
    const actions = [
      ...["iam:PutRolePolicy", "iam:AttachRolePolicy", "iam:DetachRolePolicy", "iam:UpdateAssumeRolePolicy"],
      ...["iam:UpdateRole", "iam:GetRole"],
    ];
    const client = await world.iamWith("works-on-bound", allow(actions, ROLES, withBoundary));
    const all = async (RoleName: string) => [
      await putPolicy(client, RoleName),
      await outcome(client.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: TEAM_POLICY }))),
      await outcome(client.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: TEAM_POLICY }))),
      await outcome(client.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: TRUST }))),
      await outcome(client.send(new UpdateRoleCommand({ RoleName, Description: "changed" }))),
      await outcome(client.send(new GetRoleCommand({ RoleName }))),
    ];
    expect(await all("bound")).toEqual(Array(6).fill("allowed"));
    expect(await all("free")).toEqual(Array(6).fill("AccessDenied"));
    expect(await all("loose")).toEqual(Array(6).fill("AccessDenied"));
    expect(await all("elsewhere")).toEqual(Array(6).fill("AccessDenied"));
  });

  test("that is set is that of the request, and removing it is a separate action", async () => {
    await world.existing("changes", "/ci/");
    const client = await world.iamWith(
      "sets-boundaries",
      allow("iam:PutRolePermissionsBoundary", ROLES, withBoundary),
    );
    const put = (PermissionsBoundary: string) =>
      outcome(
        client.send(new PutRolePermissionsBoundaryCommand({ RoleName: "changes", PermissionsBoundary })),
      );
    expect([await put(LOOSE), await put(BOUNDARY), await put(LOOSE)]).toEqual([
      "AccessDenied",
      "allowed",
      "AccessDenied",
    ]);
    const remove = (one: IAMClient) =>
      outcome(one.send(new DeleteRolePermissionsBoundaryCommand({ RoleName: "changes" })));
    expect(await remove(client)).toBe("AccessDenied");
    const removes = await world.iamWith(
      "takes-boundaries",
      allow("iam:DeleteRolePermissionsBoundary", ROLES, withBoundary),
    );
    expect(await remove(removes)).toBe("allowed");
    // The role has no boundary now.
    expect(await remove(removes)).toBe("AccessDenied");
  });

  test("that changes applies to the next call", async () => {
    await world.existing("unbound-later", "/ci/", BOUNDARY);
    const client = await world.iamWith("puts-on-bound", allow("iam:PutRolePolicy", ROLES, withBoundary));
    expect(await putPolicy(client, "unbound-later")).toBe("allowed");
    await world.iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName: "unbound-later" }));
    expect(await putPolicy(client, "unbound-later")).toBe("AccessDenied");
  });

  test("of a role that does not exist is unknown, not absent", async () => {
    const client = await world.iamWith(
      "puts-without",
      allow("iam:PutRolePolicy", "*", { Null: { "iam:PermissionsBoundary": "true" } }),
    );
    expect(await putPolicy(client, "free")).toBe("allowed");
    expect(await putPolicy(client, "not-there")).toBe("AccessDenied");
    expect(lastMessage()).toMatch(/cannot determine the value of iam:PermissionsBoundary$/);
  });
});

test("iam:PolicyARN limits the policies that can be attached", async () => {
  const onlyTeam = { ArnEquals: { "iam:PolicyARN": TEAM_POLICY } };
  const client = await world.iamWith(
    "attaches-team",
    allow(["iam:AttachRolePolicy", "iam:DetachRolePolicy"], ROLES, onlyTeam),
  );
  const RoleName = "bound";
  const attach = (PolicyArn: string, name = RoleName) =>
    outcome(client.send(new AttachRolePolicyCommand({ RoleName: name, PolicyArn })));
  expect([await attach(TEAM_POLICY), await attach(LOOSE), await attach(TEAM_POLICY, "elsewhere")]).toEqual([
    "allowed",
    "AccessDenied",
    "AccessDenied",
  ]);
  expect(await attach("arn:aws:iam::aws:policy/AdministratorAccess")).toBe("AccessDenied");
  const detach = (PolicyArn: string) =>
    outcome(client.send(new DetachRolePolicyCommand({ RoleName, PolicyArn })));
  expect([await detach(LOOSE), await detach(TEAM_POLICY), await attach(TEAM_POLICY)]).toEqual([
    "AccessDenied",
    "allowed",
    "allowed",
  ]);
});

test("each action on a role needs its own permission", async () => {
  const client = await world.iamWith("reads-and-puts", allow(["iam:GetRole", "iam:PutRolePolicy"], ROLES));
  const RoleName = "free";
  expect(await putPolicy(client, RoleName)).toBe("allowed");
  expect(await outcome(client.send(new DeleteRoleCommand({ RoleName })))).toBe("AccessDenied");
  expect(
    await outcome(client.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: TRUST }))),
  ).toBe("AccessDenied");
  expect(lastMessage()).toMatch(/iam:UpdateAssumeRolePolicy on resource: role free because/);
});

describe("tags", () => {
  const team = (Value: string) => [{ Key: "team", Value }];
  test("of the request", async () => {
    const client = await world.iamWith(
      "tags-web",
      allow("iam:TagRole", ROLES, {
        StringEquals: { "aws:RequestTag/Team": "web" },
        "ForAllValues:StringEquals": { "aws:TagKeys": ["team"] },
      }),
      allow("iam:UntagRole", ROLES, { "ForAllValues:StringEquals": { "aws:TagKeys": ["colour"] } }),
    );
    const tag = (...Tags: { Key: string; Value: string }[]) =>
      outcome(client.send(new TagRoleCommand({ RoleName: "free", Tags })));
    expect(await tag(...team("web"))).toBe("allowed");
    expect(await tag(...team("others"))).toBe("AccessDenied");
    expect(await tag(...team("web"), { Key: "owner", Value: "me" })).toBe("AccessDenied");
    const untag = (...TagKeys: string[]) =>
      outcome(client.send(new UntagRoleCommand({ RoleName: "free", TagKeys })));
    expect([await untag("colour"), await untag("colour", "team")]).toEqual(["allowed", "AccessDenied"]);
  });

  test.each(["aws:ResourceTag", "iam:ResourceTag"])("of the role, as %s", async (family) => {
    const client = await world.iamWith(
      `reads-web-${family.slice(0, 3)}`,
      allow("iam:GetRole", "*", { StringEquals: { [`${family}/team`]: "web" } }),
    );
    expect(await outcome(client.send(new GetRoleCommand({ RoleName: "bound" })))).toBe("allowed");
    expect(await outcome(client.send(new GetRoleCommand({ RoleName: "elsewhere" })))).toBe("AccessDenied");
    expect(lastMessage()).toMatch(/because no identity-based policy allows/);
  });
});

test("policies are identified by ARN, new ones by path and name", async () => {
  const client = await world.iamWith(
    "ci-policies",
    allow(
      ["iam:CreatePolicy", "iam:GetPolicy", "iam:CreatePolicyVersion", "iam:DeletePolicy"],
      `${ACCOUNT}:policy/ci/*`,
    ),
  );
  const create = (PolicyName: string, Path?: string) =>
    outcome(
      client.send(
        new CreatePolicyCommand({
          PolicyName,
          PolicyDocument: READING,
          ...(Path === undefined ? {} : { Path }),
        }),
      ),
    );
  expect([await create("mine", "/ci/"), await create("mine"), await create("mine", "/")]).toEqual([
    "allowed",
    "AccessDenied",
    "AccessDenied",
  ]);
  expect(lastMessage()).toContain(`iam:CreatePolicy on resource: ${ACCOUNT}:policy/mine because`);
  const calls = (PolicyArn: string) => [
    outcome(client.send(new GetPolicyCommand({ PolicyArn }))),
    outcome(client.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: READING }))),
    outcome(client.send(new DeletePolicyCommand({ PolicyArn }))),
  ];
  expect(await Promise.all(calls(BOUNDARY))).toEqual(Array(3).fill("AccessDenied"));
  expect(lastMessage()).toContain(`on resource: policy ${BOUNDARY} because`);
  const [read, version] = await Promise.all(calls(`${ACCOUNT}:policy/ci/mine`).slice(0, 2));
  expect([read, version]).not.toContain("AccessDenied");
});

test("providers are identified by ARN, new ones by URL", async () => {
  const made = `${ACCOUNT}:oidc-provider/oidc.example.com/org/1`;
  const client = await world.iamWith("one-provider", allow("iam:*OpenIDConnectProvider", made));
  const create = (Url: string) =>
    outcome(client.send(new CreateOpenIDConnectProviderCommand({ Url, ClientIDList: ["a"] })));
  expect(await create("https://oidc.example.com/org/2")).toBe("AccessDenied");
  // The ARNs of these would be ambiguous.
  expect(await create("https://oidc.example.com/org/1?x")).toBe("AccessDenied");
  expect(await create("https://somebody@oidc.example.com/org/1")).toBe("AccessDenied");
  expect(await create("https://oidc.example.com/org/1")).toBe("allowed");
  const get = (OpenIDConnectProviderArn: string) =>
    outcome(client.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn })));
  const remove = (OpenIDConnectProviderArn: string) =>
    outcome(client.send(new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn })));
  expect([await get(made), await get(PROVIDER)]).toEqual(["allowed", "AccessDenied"]);
  expect(lastMessage()).toContain(`iam:GetOpenIDConnectProvider on resource: ${PROVIDER} because`);
  expect([await remove(PROVIDER), await remove(made)]).toEqual(["AccessDenied", "allowed"]);
});

test("list actions have no resource: only the resource * allows them", async () => {
  const lists = ["iam:ListRoles", "iam:ListOpenIDConnectProviders"];
  const all = await world.iamWith("lists-all", allow(lists, "*"));
  const some = await world.iamWith(
    "lists-some",
    allow(lists, [`${ACCOUNT}:role/*`, `${ACCOUNT}:oidc-provider/*`]),
  );
  for (const [client, expected] of [
    [all, "allowed"],
    [some, "AccessDenied"],
  ] as const) {
    expect(await outcome(client.send(new ListRolesCommand({})))).toBe(expected);
    expect(await outcome(client.send(new ListOpenIDConnectProvidersCommand({})))).toBe(expected);
  }
  expect(world.decisions.at(-1)?.resource).toBe("*");
});
