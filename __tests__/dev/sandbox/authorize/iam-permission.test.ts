import type { LiveEntity } from "../../../../dev/sandbox/account/entity";
import { iamPermission } from "../../../../dev/sandbox/authorize/iam-permission";

const ACCOUNT = "arn:aws:iam::123456789012";
const ROLE: LiveEntity = {
  arn: `${ACCOUNT}:role/ci/deploy`,
  boundary: `${ACCOUNT}:policy/boundary`,
  tags: [["team", "web"]],
};
const POLICY = `${ACCOUNT}:policy/ci/team`;
const PROVIDER = `${ACCOUNT}:oidc-provider/oidc.example.com/org/1`;

/** An account with one role (with a path), one policy and one provider. */
const account = {
  entity: async (kind: string, id: string): Promise<LiveEntity | undefined> => {
    if (kind === "role") return id === "deploy" ? ROLE : undefined;
    return id === POLICY || id === PROVIDER ? { arn: id, tags: [] } : undefined;
  },
};

const permission = (form: string) => iamPermission(new URLSearchParams(form), "123456789012", account);

/** The context keys of the permission. */
async function keysOf(form: string): Promise<Readonly<Record<string, unknown>>> {
  return Object.fromEntries((await permission(form)).keys ?? []);
}

describe("the resource of each action in the Service Authorization Reference", () => {
  const onRole = [
    ...[
      "AttachRolePolicy",
      "DeleteRole",
      "DeleteRolePermissionsBoundary",
      "DeleteRolePolicy",
      "DetachRolePolicy",
    ],
    ...[
      "GetRole",
      "GetRolePolicy",
      "ListAttachedRolePolicies",
      "ListInstanceProfilesForRole",
      "ListRolePolicies",
    ],
    ...["ListRoleTags", "PutRolePermissionsBoundary", "PutRolePolicy", "TagRole", "UntagRole"],
    ...["UpdateAssumeRolePolicy", "UpdateRole", "UpdateRoleDescription"],
  ];
  test.each(onRole)("%s: the role, with its path", async (action) => {
    expect((await permission(`Action=${action}&RoleName=deploy`)).resource).toBe(ROLE.arn);
    // The action has no Path parameter.
    expect((await permission(`Action=${action}&RoleName=deploy&Path=/other/`)).resource).toBe(ROLE.arn);
    expect((await permission(`Action=${action}&RoleName=missing&Path=/other/`)).resource).toBe(
      `${ACCOUNT}:role/missing`,
    );
    expect((await permission(`Action=${action}&RoleName=a/b`)).resource).toBeUndefined();
    expect((await permission(`Action=${action}`)).resource).toBeUndefined();
  });

  const onPolicy = [
    ...["CreatePolicyVersion", "DeletePolicy", "DeletePolicyVersion", "GetPolicy", "GetPolicyVersion"],
    ...["ListEntitiesForPolicy", "ListPolicyTags", "ListPolicyVersions", "SetDefaultPolicyVersion"],
    ...["TagPolicy", "UntagPolicy"],
  ];
  test.each(onPolicy)("%s: the policy", async (action) => {
    const aws = "arn:aws:iam::aws:policy/ReadOnlyAccess";
    expect((await permission(`Action=${action}&PolicyArn=${POLICY}`)).resource).toBe(POLICY);
    expect((await permission(`Action=${action}&PolicyArn=${aws}`)).resource).toBe(aws);
    for (const none of ["team", "*", PROVIDER, `${POLICY} `, ""])
      expect(
        (await permission(`Action=${action}&PolicyArn=${encodeURIComponent(none)}`)).resource,
      ).toBeUndefined();
  });

  const onProvider = [
    ...["AddClientIDToOpenIDConnectProvider", "DeleteOpenIDConnectProvider", "GetOpenIDConnectProvider"],
    ...[
      "ListOpenIDConnectProviderTags",
      "RemoveClientIDFromOpenIDConnectProvider",
      "TagOpenIDConnectProvider",
    ],
    ...["UntagOpenIDConnectProvider", "UpdateOpenIDConnectProviderThumbprint"],
  ];
  test.each(onProvider)("%s: the provider", async (action) => {
    expect((await permission(`Action=${action}&OpenIDConnectProviderArn=${PROVIDER}`)).resource).toBe(
      PROVIDER,
    );
    for (const none of ["oidc.example.com", "*", POLICY, ""])
      expect(
        (await permission(`Action=${action}&OpenIDConnectProviderArn=${none}`)).resource,
      ).toBeUndefined();
  });

  test.each([
    ["Action=CreateRole&RoleName=new", `${ACCOUNT}:role/new`],
    ["Action=CreateRole&RoleName=new&Path=/", `${ACCOUNT}:role/new`],
    ["Action=CreateRole&RoleName=new&Path=/a/b/", `${ACCOUNT}:role/a/b/new`],
    ["Action=CreateRole&RoleName=deploy", `${ACCOUNT}:role/deploy`],
    ["Action=CreateRole&RoleName=new&Path=", undefined],
    ["Action=CreateRole&RoleName=new&Path=a", undefined],
    ["Action=CreateRole&RoleName=new&Path=/a", undefined],
    [`Action=CreateRole&RoleName=${"x".repeat(65)}`, undefined],
    ["Action=CreatePolicy&PolicyName=new&Path=/a/", `${ACCOUNT}:policy/a/new`],
    ["Action=CreatePolicy&PolicyName=a/new", undefined],
    ["Action=CreateOpenIDConnectProvider&Url=https://oidc.example.com/org/1", PROVIDER],
    ["Action=CreateOpenIDConnectProvider&Url=http://oidc.example.com/org/1", undefined],
    ["Action=CreateOpenIDConnectProvider&Url=https://oidc.example.com:1/org/1", undefined],
    ["Action=CreateOpenIDConnectProvider&Url=https://a@oidc.example.com/org/1", undefined],
    ["Action=CreateOpenIDConnectProvider&Url=https://oidc.example.com/org/1%23", undefined],
    ["Action=CreateOpenIDConnectProvider&Url=https://oidc.example.com/org/1%0A", undefined],
    ["Action=ListRoles", "*"],
    ["Action=ListOpenIDConnectProviders", "*"],
    ["Action=GetAccountAuthorizationDetails", "*"],
    ["Action=CreateUser&UserName=x", undefined],
    ["Action=PassRole&RoleName=deploy", undefined],
    ["Action=getRole&RoleName=deploy", undefined],
  ])("%s: %s", async (form, resource) => {
    expect((await permission(form)).resource).toBe(resource);
  });
});

describe("condition keys", () => {
  const absent = { state: "absent" };
  const open = { state: "open" };
  test.each<[form: string, boundary: unknown]>([
    ["Action=CreateRole&RoleName=new&PermissionsBoundary=b", "b"],
    ["Action=CreateRole&RoleName=new", absent],
    ["Action=CreateRole&RoleName=new&PermissionsBoundary=", open],
    ["Action=PutRolePermissionsBoundary&RoleName=deploy&PermissionsBoundary=b", "b"],
    ["Action=PutRolePolicy&RoleName=deploy&PermissionsBoundary=b", ROLE.boundary],
    ["Action=DeleteRolePermissionsBoundary&RoleName=deploy", ROLE.boundary],
    ["Action=PutRolePolicy&RoleName=missing", open],
    // The reference does not list the key for this action.
    ["Action=GetRolePolicy&RoleName=deploy", undefined],
  ])("%s: iam:PermissionsBoundary is %p", async (form, boundary) => {
    expect((await keysOf(form))["iam:PermissionsBoundary"]).toEqual(boundary);
  });

  test("tags of the request if the action accepts them, and of the resource if it exists", async () => {
    const tagged = "Tags.member.1.Key=a&Tags.member.1.Value=b";
    expect(await keysOf(`Action=TagRole&RoleName=deploy&${tagged}`)).toEqual({
      "aws:TagKeys": ["a"],
      "aws:RequestTag/a": "b",
      "aws:ResourceTag/team": "web",
      "iam:ResourceTag/team": "web",
    });
    expect((await permission(`Action=TagRole&RoleName=deploy&${tagged}`)).closed).toEqual([
      ...["aws:requesttag/", "aws:resourcetag/", "iam:resourcetag/"],
    ]);
    // The action does not accept tags, so they stay open.
    expect(await keysOf(`Action=GetRolePolicy&RoleName=missing&${tagged}`)).toEqual({ "aws:TagKeys": open });
    expect((await permission(`Action=GetRolePolicy&RoleName=missing&${tagged}`)).closed).toEqual([]);
    expect((await permission(`Action=GetPolicy&PolicyArn=${POLICY}`)).closed).toEqual([
      "aws:requesttag/",
      "aws:resourcetag/",
    ]);
  });

  test("iam:PolicyARN: the policy to attach or detach", async () => {
    for (const action of ["AttachRolePolicy", "DetachRolePolicy"]) {
      const form = `Action=${action}&RoleName=deploy`;
      expect((await keysOf(`${form}&PolicyArn=${POLICY}`))["iam:PolicyARN"]).toBe(POLICY);
      expect((await keysOf(form))["iam:PolicyARN"]).toEqual(open);
    }
    expect(await keysOf(`Action=PutRolePolicy&RoleName=deploy&PolicyArn=${POLICY}`)).not.toHaveProperty(
      "iam:PolicyARN",
    );
  });
});
