import {
  acceptedRole,
  fileOf,
  fileWithRole,
  located,
  refusals,
  rolesOf,
  roleWith,
  twoAccounts,
} from "./sample";

const key = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";

test("a name alone, or a map", () => {
  expect(acceptedRole(roleWith("bucket: acme-website")).bucket).toEqual({
    name: "acme-website",
    keepVersionsDays: 30,
    forceDestroy: false,
    keep: [],
  });
  expect(
    acceptedRole(
      roleWith(`bucket: { name: acme-website, kmsKey: "${key}", keepVersionsDays: 7, forceDestroy: true }`),
    ).bucket,
  ).toEqual({
    name: "acme-website",
    kmsKey: key,
    keepVersionsDays: 7,
    forceDestroy: true,
    keep: [],
  });
  expect(acceptedRole(fileWithRole("{ people: everyone, branches: any }"))).not.toHaveProperty("bucket");
  expect(refusals(roleWith("bucket: {}"))).toEqual(["missing-key name"]);
});

test.each(["abc", "a".repeat(63), "a.b-c", "1a1", "x--s3", "1.2.3", "1.2.3.4.5", "my-s3alias-x"])(
  "%s is a bucket's name",
  (name) => {
    expect(acceptedRole(roleWith(`bucket: ${JSON.stringify(name)}`)).bucket?.name).toBe(name);
  },
);

test.each([
  "ab",
  "a".repeat(64),
  "Acme",
  "a_b",
  "-abc",
  "abc-",
  ".abc",
  "abc.",
  "a..b",
  "192.168.5.4",
  "xn--abc",
  "sthree-abc",
  "amzn-s3-demo-x",
  "abc-s3alias",
  "abc--ol-s3",
  "abc.mrap",
  "abc--x-s3",
  "abc--table-s3",
  "a b",
  "ünï",
  "abc\n",
  "",
])("%j is not a valid name for a role's bucket or the state bucket", (name) => {
  const refusal = [`malformed-bucket-name ${name}`];
  expect(refusals(roleWith(`bucket: ${JSON.stringify(name)}`))).toEqual(refusal);
  expect(refusals(roleWith(`bucket: { name: ${JSON.stringify(name)} }`))).toEqual(refusal);
  expect(refusals(fileOf().replace("acme-state", JSON.stringify(name)))).toEqual(refusal);
});

describe("each bucket occurs once", () => {
  const two = (a: string, b: string): string =>
    fileOf({
      projects: rolesOf({
        a: `{ people: everyone, branches: any, bucket: ${a} }`,
        b: `{ people: everyone, branches: any, bucket: ${b} }`,
      }),
    });

  test("in two roles, in either form", () => {
    expect(located(two("acme-x", "acme-x"))).toEqual(["11:53 duplicate-bucket acme-x"]);
    expect(refusals(two("acme-x", "{ name: acme-x }"))).toEqual(["duplicate-bucket acme-x"]);
    expect(refusals(two("acme-x", "acme-y"))).toEqual([]);
  });

  test("the state bucket counts", () => {
    expect(refusals(two("acme-state", "acme-y"))).toEqual(["duplicate-bucket acme-state"]);
  });

  test("in two accounts: bucket names are global", () => {
    expect(refusals(fileOf({ accounts: twoAccounts }))).toEqual([]);
    expect(refusals(fileOf({ accounts: twoAccounts.replace("acme-state-cn", "acme-state") }))).toEqual([
      "duplicate-bucket acme-state",
    ]);
  });
});

test("keepVersionsDays: 1 to 3650", () => {
  for (const good of [1, 3650]) {
    expect(
      acceptedRole(roleWith(`bucket: { name: acme-x, keepVersionsDays: ${good} }`)).bucket?.keepVersionsDays,
    ).toBe(good);
  }
  for (const bad of ["0", "3651", "-1", "1.5"]) {
    expect(refusals(roleWith(`bucket: { name: acme-x, keepVersionsDays: ${bad} }`))).toEqual([
      `days-out-of-range ${bad}`,
    ]);
  }
});

test("expireDays: 1 to 3650, and never unless the file says so", () => {
  const expires = (text: string) => acceptedRole(roleWith(`bucket: { name: acme-x${text} }`)).bucket;
  expect(expires("")).not.toHaveProperty("expireDays");
  expect(expires(", expireDays: 14")).toMatchObject({ expireDays: 14, keepVersionsDays: 30 });
  for (const bad of ["0", "3651", "2.5"])
    expect(refusals(roleWith(`bucket: { name: acme-x, expireDays: ${bad} }`))).toEqual([
      `days-out-of-range ${bad}`,
    ]);
});

describe("kmsKey", () => {
  const withKey = (arn: string): string => roleWith(`bucket: { name: acme-x, kmsKey: "${arn}" }`);

  test("a key in the bucket's region, of any account", () => {
    expect(refusals(withKey(key))).toEqual([]);
    expect(refusals(withKey(key.replace("123456789012", "999999999999")))).toEqual([]);
    expect(refusals(withKey(key.replace(/key\/.*/, "key/mrk-1234abcd12ab34cd56ef1234567890ab")))).toEqual([]);
  });

  test("another region or partition", () => {
    const west = key.replace("us-east-1", "us-west-2");
    expect(refusals(withKey(west))).toEqual([`wrong-region ${west}`]);
    const china = key.replace("arn:aws:", "arn:aws-cn:");
    expect(refusals(withKey(china))).toEqual([`wrong-partition ${china}`]);
  });

  test.each([
    "alias/x",
    key.replace("key/", "alias/"),
    key.replace("kms", "iam"),
    key.replace("123456789012", "12345678901"),
    key.replace("123456789012", ""),
    key.replace("key/", ""),
    `${key}*`,
    "",
    "arn:aws:kms:us-east-1:123456789012:key/",
  ])("%j is not a valid key", (arn) => {
    expect(refusals(withKey(arn))).toContain(`malformed-arn ${arn}`);
  });
});
