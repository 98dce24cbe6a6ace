import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformElement, TerraformOutput, TerraformStack } from "cdktf";
import { version as CDKTF_VERSION } from "cdktf/package.json";
import type { Construct, Node } from "constructs";
import type { Account } from "../lib/access/model";
import { ProjectError } from "../lib/errors";
import { defaultTags } from "./default-tags";
import { type Json, type JsonObject, mergeInto, resolveTokens } from "./resolve";
import { StateBackend, stateKey } from "./state-backend";

export interface AccountStackProps {
  /** Where everything in the stack lives, its state included. */
  readonly account: Account;
}

/** A stack in one account: a provider that refuses any other account, and its state in the account's own bucket. */
export abstract class AccountStack extends TerraformStack {
  constructor(scope: Construct, id: string, props: AccountStackProps) {
    super(scope, id);
    new AwsProvider(this, "aws", {
      region: props.account.region,
      allowedAccountIds: [props.account.id],
      defaultTags: [{ tags: defaultTags(props.account, stateKey(id)) }],
    });
    new StateBackend(this, props.account, stateKey(id));
  }

  /**
   * cdktf resolves every stack once before it writes any, only to find references between stacks. Ours have none (the
   * provider's ARN is computed), so this halves the time of a large synth.
   */
  override prepareStack(): void {}

  /**
   * cdktf's own `toTerraform`, which resolves every value twice; a test holds the two side by side. The other half of a
   * large synth's time.
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

  /** Refused, because `toTerraform` would not see it: what a stack needs beyond resources is an element, as ImportBlock is. */
  override addOverride(path: string): never {
    throw new ProjectError({
      code: "stack-override",
      message: `${this.node.path}: a stack of this project takes no override ("${path}")`,
      fix: "put the override on a resource, or write a TerraformElement",
    });
  }

  /**
   * Addresses that people can read and type: the path's ids joined by `_`, where cdktf would add a hash. They stay apart
   * because, for one resource type, what follows a role's key is always one of a few fixed endings, none the end of another.
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

const KEY_MARK = /^key:/;

/**
 * The id of a construct that is named by a key of the file: no key can take the place of a construct of ours (`aws`,
 * `backend`) or be a name that constructs or JavaScript treat specially (`Default`, `constructor`). Addresses carry the key alone.
 */
export function keyedId(key: string): string {
  return `key:${key}`;
}

/** `{ a: { b: leaf } }` for the path `["a", "b"]`. */
function nest(path: readonly string[], leaf: Json): Json {
  return path.reduceRight<Json>((inner, part) => ({ [part]: inner }), leaf);
}
