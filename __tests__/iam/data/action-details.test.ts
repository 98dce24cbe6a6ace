import { ACCESS_LEVELS, actionCatalogueFrom } from "../../../lib/iam/data/action-details";
import { awsPolicies } from "../../../lib/project/aws-data";

const catalogue = actionCatalogueFrom(() => ({
  date: "2026-01-01",
  services: {
    s3: {
      resources: { object: "arn:${Partition}:s3:::${BucketName}/${ObjectName}" },
      actions: {
        GetBucketAcl: [3, "", ""],
        GetObject: [3, "object", "s3:TlsVersion s3:authType"],
        ListBucket: [4, "", ""],
        PutObject: [1, "object", ""],
        PutObjectAcl: [0, "object", ""],
      },
    },
  },
}));

test.each<[pattern: string, matched: object | undefined]>([
  ["s3:*", { count: 5, levels: ["permissions management", "write", "read", "list"] }],
  ["s3:Get*", { count: 2, levels: ["read"] }],
  ["s3:get?bject", { count: 1, levels: ["read"] }],
  ["S3:*Object", { count: 2, levels: ["write", "read"] }],
  ["s3:*Object*", { count: 3, levels: ["permissions management", "write", "read"] }],
  ["s3:*O*A*l", { count: 1, levels: ["permissions management"] }],
  ["s3:GetObject", { count: 1, levels: ["read"] }],
  ["s3:GetObjects", { count: 0, levels: [] }],
  ["s3:GetObject*GetObject", { count: 0, levels: [] }],
  ["newer:*", { count: 0, levels: [] }],
  ["constructor:*", { count: 0, levels: [] }],
  ["*", undefined],
  ["s*:Get*", undefined],
])("%s matches %j", (pattern, matched) => {
  expect(catalogue.matching(pattern)).toEqual(matched);
});

test("an action has a level, resource types and condition keys; a newer one is not known", () => {
  expect(catalogue.detailsOf("s3:getobject")).toEqual({
    level: "read",
    resources: ["arn:${Partition}:s3:::${BucketName}/${ObjectName}"],
    keys: ["s3:TlsVersion", "s3:authType"],
  });
  expect(catalogue.detailsOf("s3:GetNothing")).toBeUndefined();
});

test("the kept data know every level, and what manages permissions", () => {
  const { actions } = awsPolicies;
  expect(actions?.matching("iam:*")?.levels).toEqual(ACCESS_LEVELS);
  expect(actions?.detailsOf("iam:PutRolePolicy")?.level).toBe("permissions management");
  expect(actions?.detailsOf("lambda:InvokeFunction")?.resources).toContain(
    "arn:${Partition}:lambda:${Region}:${Account}:function:${FunctionName}",
  );
});
