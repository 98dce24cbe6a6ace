import { groupBy } from "../../collections/group-by";
import { remembered } from "../../collections/remembered";
import type { Phrase } from "../../describe/phrase";
import type { AwsPolicies } from "../../iam/data/managed-policies";
import type { AttributeValue } from "../model/facts";
import { type PolicyReader, type PolicyReading, whyLater } from "./policy-reading";
import { referencesOf } from "./policy-references";
import { resourceKey } from "./principals";
import { inOrder, SNAPSHOTS, type Snapshot, type Timeline, textAt } from "./timelines";

/** A policy that can be attached to a principal, or limit it, and what is known of its contents. */
export interface AttachedPolicy {
  /** Equal for the same policy, even if its contents differ. */
  readonly id: string;
  /** How people call it. */
  readonly name: string;
  /**
   * `aws`: AWS-managed, and not in the data of this version. `foreign`: in no plan, so its contents
   * are unknown.
   */
  readonly content: PolicyReading | { readonly kind: "aws" } | { readonly kind: "foreign" };
}

/** Attributes of principals and attachments that name policies. */
const NAMING = [
  ...(["policy_arn", "permissions_boundary", "managed_policy_arns", "policy_arns"] as const),
  ...(["managed_policy_arn", "customer_managed_policy_reference"] as const),
];

const ARN = /^arn:[^:]*:iam::(\d{12}|aws):policy(\/.+)$/s;

/** Path and name in an id. */
const NAMED = /^[^:]*:policy(\/.+)$/s;

/** What customer-managed policies of all plans contain. */
export class ManagedPolicies {
  readonly #byId: ReadonlyMap<string, readonly Timeline[]>;
  /** By path and name, in whichever account. */
  readonly #byName: ReadonlyMap<string, readonly Timeline[]>;
  readonly #namedBy = new Map<Timeline, readonly Timeline[]>();
  readonly #reader: PolicyReader;
  readonly #aws: AwsPolicies;

  /** @param aws the contents of AWS managed policies */
  constructor(byType: ReadonlyMap<string, readonly Timeline[]>, reader: PolicyReader, aws: AwsPolicies) {
    this.#reader = reader;
    this.#aws = aws;
    const ofType = (type: string) => byType.get(type) ?? [];
    // A data source shows the current policy; the plan that manages it shows its changes.
    const policies = [...ofType("aws_iam_policy"), ...ofType("data.aws_iam_policy")];
    const named = policies.flatMap((timeline) => this.idsOf(timeline).map((id) => ({ id, timeline })));
    const byId = groupBy(named, ({ id }) => id);
    this.#byId = new Map([...byId].map(([id, all]) => [id, all.map(({ timeline }) => timeline)]));
    const byName = groupBy(named, ({ id }) => NAMED.exec(id)?.[1] ?? "");
    this.#byName = new Map(
      [...byName].map(([name, all]) => [name, [...new Set(all.map(({ timeline }) => timeline))]]),
    );
  }

  /** By everything that it can be known by in any snapshot. */
  idsOf({ stack, address, account, at }: Timeline): readonly string[] {
    // Most resources are equal in all snapshots.
    const ids = [...new Set(SNAPSHOTS.map((snapshot) => at[snapshot]))].flatMap((attributes) => {
      if (attributes === undefined) return [];
      const arn = textAt(attributes, "arn");
      const name = textAt(attributes, "name");
      if (arn !== undefined) return [idOf(arn)];
      // An ARN that AWS has not given yet is made of these (IAM User Guide, "IAM ARNs").
      const path = textAt(attributes, "path");
      return account === undefined || name === undefined || path === undefined
        ? []
        : [`${account}:policy${path}${name}`];
    });
    return [...new Set([...ids, resourceKey(stack, address)])];
  }

  /** The policy with that ARN as it is in that snapshot. */
  byArn(arn: string, snapshot: Snapshot): AttachedPolicy {
    const [, account] = ARN.exec(arn) ?? [];
    const base = { id: idOf(arn), name: arn };
    const isRead = this.#byId.has(base.id);
    if (account === "aws" && !isRead) return { ...base, content: awsContent(arn, this.#aws) };
    return { ...base, content: this.#contentOf(this.#byId.get(base.id) ?? [], snapshot) };
  }

  /**
   * The policy that an attribute names: by its ARN, or by the one resource that it refers to.
   * @returns a phrase: why the policy is unknown
   */
  of(
    value: AttributeValue,
    timeline: Timeline,
    attribute: string,
    snapshot: Snapshot,
  ): AttachedPolicy | Phrase {
    if (value.kind === "sensitive") return ["is marked as sensitive"];
    if (value.kind === "value") {
      const [reference, ...others] = referencesOf(value.value) ?? [];
      if (reference === undefined || others.length > 0) return ["is not an ARN"];
      return "arn" in reference
        ? this.byArn(reference.arn, snapshot)
        : this.#byReference(reference.named, snapshot);
    }
    const [address, ...others] = timeline.links[attribute] ?? [];
    const linked =
      address === undefined || others.length > 0
        ? undefined
        : this.#byId.get(resourceKey(timeline.stack, address))?.[0];
    if (linked === undefined || address === undefined) return whyLater(value);
    const [id = address] = this.idsOf(linked);
    const name = textAt(linked.at[snapshot], "name") ?? address;
    return { id, name, content: this.#contentOf([linked], snapshot) };
  }

  /**
   * The customer-managed policies that these principals and attachments name, now or as planned, in
   * the order of all timelines.
   */
  namedBy(timelines: readonly Timeline[]): readonly Timeline[] {
    const named = new Set<Timeline>();
    for (const timeline of timelines)
      for (const one of remembered(this.#namedBy, timeline, () => this.#namedByOne(timeline))) named.add(one);
    return [...named].sort(inOrder);
  }

  #namedByOne({ stack, at, links }: Timeline): readonly Timeline[] {
    const named = new Set<Timeline>();
    const add = (found: readonly Timeline[] | undefined) => {
      for (const one of found ?? []) named.add(one);
    };
    for (const name of NAMING)
      for (const one of links[name] ?? []) add(this.#byId.get(resourceKey(stack, one)));
    // Most resources are equal in all snapshots.
    for (const attributes of new Set(SNAPSHOTS.map((snapshot) => at[snapshot]))) {
      for (const name of NAMING) {
        const value = attributes?.[name];
        for (const one of value?.kind === "value" ? (referencesOf(value.value) ?? []) : [])
          add("arn" in one ? this.#byId.get(idOf(one.arn)) : this.#byName.get(one.named));
      }
    }
    return [...named].filter(({ type }) => type === "aws_iam_policy");
  }

  /**
   * A permission set takes the policy of that name in each account that it is used in: what it says
   * is known if all that are in plans say the same.
   */
  #byReference(named: string, snapshot: Snapshot): AttachedPolicy {
    const timelines = this.#byName.get(named) ?? [];
    const texts = new Set(timelines.map(({ at }) => JSON.stringify(at[snapshot]?.policy ?? null)));
    const content = texts.size === 1 ? this.#contentOf(timelines, snapshot) : { kind: "foreign" as const };
    return { id: `policy${named}`, name: named, content };
  }

  #contentOf(timelines: readonly Timeline[], snapshot: Snapshot): AttachedPolicy["content"] {
    const there = timelines.find(({ at }) => at[snapshot] !== undefined);
    const reading = this.#reader.read(there?.at[snapshot]?.policy);
    return reading.kind === "none" ? { kind: "foreign" } : reading;
  }
}

function idOf(arn: string): string {
  const [, account, path] = ARN.exec(arn) ?? [];
  return account === undefined || path === undefined ? arn : `${account}:policy${path}`;
}

/** Of an AWS managed policy that the data does not have, the name is all that is known. */
function awsContent(arn: string, aws: AwsPolicies): AttachedPolicy["content"] {
  const policy = aws.contentOf(arn);
  return policy === undefined ? { kind: "aws" } : { kind: "policy", policy, text: arn };
}
