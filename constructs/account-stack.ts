import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformElement, TerraformOutput, TerraformStack } from "cdktf";
import { version as CDKTF_VERSION } from "cdktf/package.json";
import type { Construct, IConstruct, Node } from "constructs";
import type { StackTransfers } from "../lib/adopt/imports/transfers";
import type { Account, ResourceOptions } from "../lib/config/model/model";
import type { DefaultTagKey } from "../lib/config/rules/aws-tags";
import { ProjectError } from "../lib/errors";
import { ImportBlock } from "./import-block";
import { RemovedBlock } from "./removed-block";
import { type Json, type JsonObject, mergeInto, resolveTokens } from "./resolve";
import { StateBackend, stateKey } from "./state-backend";

export interface AccountStackProps {
  /** Where everything in the stack lives, its state included. */
  readonly account: Account;
  /**
   * What exists and comes under the stack, or leaves it, with the next deploy. Default: nothing.
   */
  readonly transfers?: StackTransfers;
}

/**
 * A stack in one account: a provider that refuses any other account, and its state in the account's
 * own bucket.
 */
export abstract class AccountStack extends TerraformStack {
  readonly #untagged: AwsProvider;

  constructor(scope: Construct, id: string, props: AccountStackProps) {
    super(scope, id);
    new AwsProvider(this, "aws", {
      ...accountOnly(props.account),
      defaultTags: [{ tags: defaultTags(props.account, stateKey(id)) }],
    });
    // Always there: Terraform cannot forget or destroy what a provider has made that is not
    // declared any more. One that nothing needs does not start.
    this.#untagged = new AwsProvider(this, "aws_without_default_tags", {
      ...accountOnly(props.account),
      alias: "without_default_tags",
    });
    new StateBackend(this, props.account, stateKey(id));
    const { imports = {}, forgotten = [] } = props.transfers ?? {};
    for (const [to, importId] of Object.entries(imports)) {
      new ImportBlock(this, `import:${to}`, { to, id: importId });
    }
    for (const from of forgotten) new RemovedBlock(this, `forget:${from}`, { from });
  }

  /**
   * What a resource says of its provider: nothing, or, without default tags, the same account's
   * second one.
   */
  tagging(options: Pick<ResourceOptions, "defaultTags">): { readonly provider?: AwsProvider } {
    return options.defaultTags ? {} : { provider: this.#untagged };
  }

  /** The stack that a construct stands in. */
  static override of(construct: IConstruct): AccountStack {
    const stack = TerraformStack.of(construct);
    if (stack instanceof AccountStack) return stack;
    throw new Error(`${construct.node.path} does not stand in a stack of an account`);
  }

  /**
   * cdktf resolves every stack once before it writes any, only to find references between stacks.
   * Ours have none (the provider's ARN is computed), so this halves the time of a large synth.
   */
  override prepareStack(): void {}

  /**
   * cdktf's own `toTerraform`, which resolves every value twice; a test holds the two side by side.
   * The other half of a large synth's time.
   */
  override toTerraform(): JsonObject {
    const elements = this.node.findAll().filter(TerraformElement.isTerraformElement);
    const metadata: JsonObject = { version: CDKTF_VERSION, stackName: this.node.id };
    const outputs: JsonObject = {};
    const terraform: JsonObject = {};
    for (const element of elements) {
      mergeInto(metadata, resolveTokens(element.toMetadata(), this) ?? {});
      mergeInto(terraform, resolveTokens(element.toTerraform(), this) ?? {});
      if (!TerraformOutput.isTerraformOutput(element)) continue;
      mergeInto(outputs, nest(element.node.path.split("/"), element.friendlyUniqueId));
    }
    return { "//": { metadata, outputs }, ...terraform };
  }

  /**
   * Refused, because `toTerraform` would not see it: what a stack needs beyond resources is an
   * element, as ImportBlock is.
   */
  override addOverride(path: string): never {
    throw new ProjectError({
      code: "stack-override",
      message: `${this.node.path}: a stack of this project takes no override ("${path}")`,
      fix: "put the override on a resource, or write a TerraformElement",
    });
  }

  /**
   * Addresses that people can read and type: the path's ids joined by `_`, where cdktf would add a
   * hash. They stay apart because, for one resource type, what follows a role's key is always one
   * of a few fixed endings, none the end of another.
   */
  protected override allocateLogicalId(element: TerraformElement | Node): string {
    const node = "node" in element ? element.node : element;
    const [first, ...inner] = node.scopes
      .slice(node.scopes.findIndex(TerraformStack.isStack) + 1)
      .map((scope) => scope.node.id);
    if (inner.at(-1) === "Default") inner.pop();
    return [first?.replace(KEY_MARK, ""), ...inner].join("_");
  }
}

/**
 * Tags of everything that can have some: the program and the file that manage it, and the state
 * that holds it.
 */
export function defaultTags(account: Account, stateKey: string): Readonly<Record<DefaultTagKey, string>> {
  return {
    "managed-by": "cdktf-circleci-oidc",
    "managed-from": "access.yaml",
    "terraform-state": `s3://${account.stateBucket}/${stateKey}`,
  };
}

const KEY_MARK = /^(?:key|bucket):/;

function accountOnly({ id, region }: Account): {
  readonly region: string;
  readonly allowedAccountIds: string[];
} {
  return { region, allowedAccountIds: [id] };
}

/** As `keyedId`, for a bucket of a project: it may have the key of a role. */
export function keyedBucketId(key: string): string {
  return `bucket:${key}`;
}

/**
 * The id of a construct that is named by a key of the file: no key can take the place of a
 * construct of ours (`aws`, `backend`) or be a name that constructs or JavaScript treat specially
 * (`Default`, `constructor`). Addresses carry the key alone.
 */
export function keyedId(key: string): string {
  return `key:${key}`;
}

/** `{ a: { b: leaf } }` for the path `["a", "b"]`. */
function nest(path: readonly string[], leaf: Json): Json {
  return path.reduceRight<Json>((inner, part) => ({ [part]: inner }), leaf);
}
