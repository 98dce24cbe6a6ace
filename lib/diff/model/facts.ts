import { z } from "zod";
import { notExaminedSchema } from "../../plan/not-examined";
import type { StackReview } from "../../plan/stack-review";

/**
 * A value of a plan, if it is known. Sensitive values are not in it. An absent attribute is null or
 * an empty text.
 */
const heldSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("value"), value: z.unknown() }),
  /** Known only after apply; what it is waiting for, as addresses; perhaps none is known. */
  z.strictObject({ kind: z.literal("later"), dependsOn: z.array(z.string()) }),
  z.strictObject({ kind: z.literal("sensitive") }),
]);

/**
 * In which region a resource is: an argument of every resource of a regional service since version
 * 6 of the AWS provider (its "Enhanced Region Support" guide).
 */
export const REGION = "region";

const attributesSchema = z.record(z.string(), heldSchema);

const resourceSchema = z.strictObject({
  type: z.string(),
  address: z.string(),
  /** 12 digits, as far as the plan says in whose account it is. */
  account: z.string().optional(),
  /**
   * The provider configuration of the resource, such as `aws.eu`: one account and one region.
   * Absent: it is not in the plan.
   */
  provider: z.string().optional(),
  /**
   * The account is that of other resources of the same provider configuration, and not said of this
   * one.
   */
  isInferred: z.literal(true).optional(),
  /**
   * Its provider configuration, where the account is not known and the plan has several; empty: the
   * plan does not say.
   */
  configuration: z.string().optional(),
  /** Terraform's actions, joined; of drift: what was done by hand. */
  actions: z.string(),
  /** Absent: the resource does not exist. */
  before: attributesSchema.optional(),
  after: attributesSchema.optional(),
  /** Attributes that the configuration sets; absent: the plan has no configuration. */
  configured: z.array(z.string()).optional(),
  /**
   * Addresses of the resources whose ARN, name or id an attribute is, for attributes known only
   * after apply.
   */
  links: z.record(z.string(), z.array(z.string())).optional(),
});

/** Terraform's reason is its own word for it, such as `instance_count_unknown`. */
const deferredSchema = z.strictObject({ reason: z.string(), resource: resourceSchema });

/**
 * What a plan contains about access: plain data without secrets, which one machine can write and
 * another read.
 */
export const accessFactsSchema = z.strictObject({
  changes: z.array(resourceSchema),
  drift: z.array(resourceSchema),
  /** Left for a later plan. */
  deferred: z.array(deferredSchema),
  /** What the plan touches, and no comparison looks at. */
  notExamined: z.array(notExaminedSchema).readonly(),
  /** Resources whose tags change; whether they matter depends on policies of all plans. */
  tagged: z.array(notExaminedSchema).readonly(),
  /** Policies in the plan ask for tags. */
  asksForTags: z.boolean(),
  /** Where the plan contradicts itself. */
  contradictions: z.array(z.strictObject({ address: z.string(), why: z.enum(["twice", "no-op-differs"]) })),
  /**
   * An account compared with what is declared in it (lib/live): there is drift, and no plan that
   * keeps or reverts it.
   */
  isWithoutPlan: z.literal(true).optional(),
});

export type AttributeValue = z.infer<typeof heldSchema>;
export type Attributes = z.infer<typeof attributesSchema>;
export type AccessResource = z.infer<typeof resourceSchema>;
export type DeferredResource = z.infer<typeof deferredSchema>;
export type AccessFacts = z.infer<typeof accessFactsSchema>;

/**
 * What a review keeps of one plan: plain data without secrets, which one machine can write and
 * another read.
 */
export interface ReadPlan {
  readonly review: StackReview;
  readonly facts: AccessFacts;
}
