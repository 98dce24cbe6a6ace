import { TerraformElement, TerraformOutput, TerraformResource, TerraformStack } from "cdktf";
import { version as CDKTF_VERSION } from "cdktf/package.json";
import type { Construct, IConstruct, Node } from "constructs";
import type { StackTransfers } from "../lib/adopt/imports/transfers";
import type { Account, ResourceOptions } from "../lib/config/model/model";
import type { DefaultTagKey } from "../lib/config/rules/aws-tags";
import { ProjectError } from "../lib/errors";
import { chooseProvider } from "../lib/terraform/provider-choice";
import { ImportBlock } from "./import-block";
import { LockedSynthesizer } from "./locked-synthesizer";
import { RemovedBlock } from "./removed-block";
import { type Json, type JsonObject, mergeInto, TokenReader } from "./resolve";
import { attributesOf } from "./resource-attributes";
import { StackProvider } from "./stack-provider";
import { StateBackend, stateKey } from "./state-backend";
import { StateEncryptionBlock } from "./state-encryption";

export interface AccountStackProps {
  /** The account of the stack's resources and of its state. */
  readonly account: Account;
  /** Version or version constraint of the AWS provider. Default: `DEFAULT_AWS_PROVIDER`. */
  readonly awsProvider?: string;
  /**
   * Resources that the next deploy imports into the stack or removes from its state. Default: none.
   */
  readonly transfers?: StackTransfers;
}

/**
 * A stack in one account. Its provider rejects every other account, and its state is in the
 * account's state bucket.
 */
export abstract class AccountStack extends TerraformStack {
  readonly #untagged: StackProvider;

  constructor(scope: Construct, id: string, props: AccountStackProps) {
    super(scope, id);
    const provider = chooseProvider(props.awsProvider);
    this.synthesizer = new LockedSynthesizer(this, provider, this.synthesizer);
    const tags = { defaultTags: [{ tags: defaultTags(props.account, stateKey(id)) }] };
    new StackProvider(this, "aws", { ...accountOnly(props.account), ...tags }, provider.constraint);
    // Always declared: Terraform cannot remove or destroy resources of a provider that is no longer
    // declared. A provider that no resource uses is not started.
    this.#untagged = new StackProvider(
      this,
      "aws_without_default_tags",
      { ...accountOnly(props.account), alias: "without_default_tags" },
      provider.constraint,
    );
    new StateBackend(this, props.account, stateKey(id));
    const { stateEncryption } = props.account;
    if (stateEncryption !== undefined) new StateEncryptionBlock(this, "encryption", stateEncryption);
    const { imports = {}, forgotten = [] } = props.transfers ?? {};
    for (const [to, importId] of Object.entries(imports)) {
      new ImportBlock(this, `import:${to}`, { to, id: importId });
    }
    for (const from of forgotten) new RemovedBlock(this, `forget:${from}`, { from });
  }

  /**
   * The provider argument of a resource: none, or the provider without default tags.
   */
  tagging(options: Pick<ResourceOptions, "defaultTags">): { readonly provider?: StackProvider } {
    return options.defaultTags ? {} : { provider: this.#untagged };
  }

  /**
   * cdktf resolves every stack before it writes any, only to find references between stacks. This
   * project has none (the provider's ARN is computed), so skipping it halves a large synth.
   */
  override prepareStack(): void {}

  /**
   * Replaces cdktf's `toTerraform`, which resolves every value twice. A test compares the two. It
   * takes the other half of a large synth.
   */
  override toTerraform(): JsonObject {
    const elements = this.node.findAll().filter(TerraformElement.isTerraformElement);
    const metadata: JsonObject = { version: CDKTF_VERSION, stackName: this.node.id };
    const outputs: JsonObject = {};
    const terraform: JsonObject = {};
    const tokens = new TokenReader(this);
    for (const element of elements) {
      mergeInto(metadata, tokens.resolve(element.toMetadata()) ?? {});
      mergeInto(terraform, tokens.resolve(declarationOf(element)) ?? {});
      if (!TerraformOutput.isTerraformOutput(element)) continue;
      mergeInto(outputs, nest(element.node.path.split("/"), element.friendlyUniqueId));
    }
    return { "//": { metadata, outputs }, ...terraform };
  }

  /**
   * An error, because `toTerraform` would ignore the override. Use a TerraformElement, such as
   * ImportBlock.
   */
  override addOverride(path: string): never {
    throw new ProjectError({
      code: "stack-override",
      message: `${this.node.path}: stacks of this project do not support overrides ("${path}")`,
      fix: "put the override on a resource, or write a TerraformElement",
    });
  }

  /**
   * Readable addresses: the IDs of the path joined by `_`, without cdktf's hash. They are unique
   * because, for each resource type, the part after a role's key is one of a few fixed suffixes,
   * none of which is a suffix of another.
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
 * The provider argument of a resource. In a stack that is not ours, there is one provider, and what
 * it tags is the stack's own decision.
 */
export function taggingOf(
  construct: IConstruct,
  options: Pick<ResourceOptions, "defaultTags">,
): ReturnType<AccountStack["tagging"]> {
  const stack = TerraformStack.of(construct);
  return stack instanceof AccountStack ? stack.tagging(options) : {};
}

/** Default tags of every resource: the program and the file that manage it, and its state. */
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

/** As `keyedId`, for a bucket of a project, whose key may equal the key of a role. */
export function keyedBucketId(key: string): string {
  return `bucket:${key}`;
}

/**
 * The ID of a construct that is named by a key of access.yaml. The prefix keeps keys apart from
 * other constructs (`aws`, `backend`) and from names that constructs or JavaScript treat specially
 * (`Default`, `constructor`). Addresses contain the key alone.
 */
export function keyedId(key: string): string {
  return `key:${key}`;
}

/** The element's part of the stack, with tokens. */
function declarationOf(element: TerraformElement): unknown {
  if (!TerraformResource.isTerraformResource(element)) return element.toTerraform();
  const attributes = attributesOf(element);
  if (attributes === undefined) return element.toTerraform();
  return { resource: { [element.terraformResourceType]: { [element.friendlyUniqueId]: attributes } } };
}

/** `{ a: { b: leaf } }` for the path `["a", "b"]`. */
function nest(path: readonly string[], leaf: Json): Json {
  return path.reduceRight<Json>((inner, part) => ({ [part]: inner }), leaf);
}
