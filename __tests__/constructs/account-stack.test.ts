import { IamRole, type IamRoleConfig } from "@cdktf/provider-aws/lib/iam-role";
import { Lazy, TerraformIterator, TerraformOutput, TerraformStack, Token } from "cdktf";
import { Construct } from "constructs";
import { defaultTags } from "../../constructs/account-stack";
import { ImportBlock } from "../../constructs/import-block";
import { stateKey } from "../../constructs/state-backend";
import { DEFAULT_TAG_KEYS } from "../../lib/config/rules/aws-tags";
import { anAccount } from "../fixtures/access";
import { aStack, declared } from "./declare";

const china = anAccount({
  key: "cn",
  id: "000000000042",
  region: "cn-north-1",
  partition: "aws-cn",
  stateBucket: "acme-cn-state",
});

describe("a stack in an account, complete", () => {
  test("rejects any other account, and keeps its state encrypted and locked in the account's bucket", () => {
    expect(declared(aStack("cn-website", china))).toEqual({
      provider: {
        aws: [
          {
            region: "cn-north-1",
            allowed_account_ids: ["000000000042"],
            default_tags: [
              {
                tags: {
                  "managed-by": "cdktf-circleci-oidc",
                  "managed-from": "access.yaml",
                  "terraform-state": "s3://acme-cn-state/cn-website.tfstate",
                },
              },
            ],
          },
          {
            alias: "without_default_tags",
            region: "cn-north-1",
            allowed_account_ids: ["000000000042"],
          },
        ],
      },
      terraform: {
        backend: {
          s3: {
            bucket: "acme-cn-state",
            key: "cn-website.tfstate",
            region: "cn-north-1",
            encrypt: true,
            use_lockfile: true,
            allowed_account_ids: ["000000000042"],
          },
        },
        required_providers: { aws: { source: "aws", version: "5.100.0" } },
      },
    });
  });

  test("two stacks of an account never share a state", () => {
    expect(stateKey("main-website")).not.toBe(stateKey("main-api"));
  });

  test("accepts an import without a terraform binary", () => {
    const stack = aStack();
    new ImportBlock(stack, "adopt", { to: "aws_s3_bucket.state", id: "acme-terraform-state" });
    expect(declared(stack).import).toEqual([{ to: "aws_s3_bucket.state", id: "acme-terraform-state" }]);
  });

  test("does not support overrides", () => {
    const stack = aStack();
    expect(() => stack.addOverride("terraform.required_version")).toThrow(
      expect.objectContaining({ code: "stack-override" }),
    );
    expect(declared(stack)).toEqual(declared(aStack()));
  });
});

test("the tags are those that access.yaml may not set", () => {
  expect(Object.keys(defaultTags(china, "x.tfstate")).sort()).toEqual([...DEFAULT_TAG_KEYS].sort());
});

test("addresses are the IDs of the path, without hashes; a construct named Default has its parent's address", () => {
  const stack = aStack();
  const outer = new Construct(stack, "outer");
  const role = new IamRole(outer, "Default", { name: "a", assumeRolePolicy: "{}" });
  new IamRole(outer, "inner", { name: role.name, assumeRolePolicy: "{}" });
  new TerraformOutput(outer, "arn", { value: role.arn });
  expect(declared(stack)).toMatchObject({
    resource: {
      aws_iam_role: { outer: { name: "a" }, outer_inner: { name: "${aws_iam_role.outer.name}" } },
    },
    output: { outer_arn: { value: "${aws_iam_role.outer.arn}" } },
  });
});

const iterator = TerraformIterator.fromList(["a", "b"]);
const unchanged = (): undefined => undefined;
const aDependency = { fqn: "aws_iam_role.first" };

/** Most is written by the stack itself, and the rest by cdktf. */
test.each<[string, Partial<IamRoleConfig>, (role: IamRole, other: IamRole) => void]>([
  ["nothing else", {}, unchanged],
  [
    "tags that are a token",
    { tags: Token.asStringMap(Lazy.anyValue({ produce: () => ({ a: "b" }) })) },
    unchanged,
  ],
  ["a lifecycle", { lifecycle: { preventDestroy: true, ignoreChanges: ["tags"] } }, unchanged],
  ["a count", { count: 2 }, unchanged],
  ["an iterator", { forEach: iterator }, unchanged],
  ["a provisioner", { provisioners: [{ type: "local-exec", command: "true" }] }, unchanged],
  ["a dependency", { dependsOn: [aDependency] }, unchanged],
  ["a token of another", {}, (role, other) => role.putInlinePolicy([{ name: other.name }])],
  ["a dynamic block", {}, (role) => role.putInlinePolicy(iterator.dynamic({ name: iterator.value }))],
  ["an override of an argument", {}, (role) => role.addOverride("path", "/x/")],
  ["an override of the comment", {}, (role) => role.addOverride("//.why", "x")],
  ["a move by address", {}, (role) => role.moveFromId("aws_iam_role.before")],
])("writes a resource with %s as cdktf does", (_, more, change) => {
  const stack = aStack();
  const props = { name: "a", assumeRolePolicy: "{}", tags: { one: "two" } };
  const role = new IamRole(stack, "role", { ...props, ...more });
  change(role, new IamRole(stack, "other", props));
  const theirs: unknown = TerraformStack.prototype.toTerraform.call(stack);
  expect(stack.toTerraform()).toEqual(theirs);
});
