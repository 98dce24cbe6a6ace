import { z } from "zod";
import type { AccessChange, AccessSentence, Proof, ReviewFinding } from "../../diff/model/access-change";
import { FINDING_IDS } from "../../iam/audit/core/finding";
import type { Action } from "../../plan/actions";
import { idSchema as id } from "../../plan/id-schema";
import type { ActionInvocation } from "../../plan/not-examined";
import { notExaminedSchema } from "../../plan/not-examined-schema";
import { phraseSchema as phrase } from "../../plan/phrase-schema";
import type {
  AttributeChange,
  FailedCheck,
  OutputChange,
  ResourceChange,
  ShownValue,
} from "../../plan/resource-change";
import type { StackReview } from "../../plan/stack-review";
import type { Review } from "./review";

const text = z.string();
const texts = z.array(text).readonly();

const shownValue: z.ZodType<ShownValue> = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("absent") }),
    z.strictObject({ kind: z.literal("text"), text }),
    z.strictObject({ kind: z.literal("known-after-apply") }),
    z.strictObject({ kind: z.literal("sensitive") }),
  ])
  .meta({ id: "ShownValue" });

const statementChange = z.strictObject({
  effect: z.enum(["added", "removed", "changed"]),
  name: text,
  lines: z.array(z.strictObject({ mark: z.enum(["+", "-", " "]), text })).readonly(),
});

const attributeChange: z.ZodType<AttributeChange> = z
  .strictObject({
    path: text,
    before: shownValue,
    after: shownValue,
    statements: z.array(statementChange).readonly().exactOptional(),
  })
  .meta({ id: "AttributeChange" });

const action: z.ZodType<Action> = z.enum([
  ...(["none", "create", "read", "update", "replace", "destroy", "forget", "move"] as const),
  ...(["import", "import-and-update", "import-and-replace"] as const),
]);

const resourceChange: z.ZodType<ResourceChange> = z
  .strictObject({
    id,
    address: text,
    previousAddress: text.exactOptional(),
    action,
    importId: text.exactOptional(),
    reason: phrase.exactOptional(),
    attributes: z.array(attributeChange).readonly(),
    replacedFor: texts,
  })
  .meta({ id: "ResourceChange" });

const outputChange: z.ZodType<OutputChange> = z
  .strictObject({
    name: text,
    action: z.enum(["create", "update", "destroy"]),
    before: shownValue,
    after: shownValue,
  })
  .meta({ id: "OutputChange" });

const failedCheck: z.ZodType<FailedCheck> = z
  .strictObject({
    address: text,
    status: z.enum(["fail", "error", "unknown"]),
    problems: texts,
  })
  .meta({ id: "FailedCheck" });

const actionInvocation: z.ZodType<ActionInvocation> = z
  .strictObject({
    id,
    address: text,
    type: text.meta({ description: "Such as `aws_lambda_invoke`." }),
    trigger: phrase.meta({ description: "When it runs." }),
    effect: z.enum(["none", "unknown"]).meta({
      description: "`none`: known not to affect access. `unknown`: the effect is not in the plan.",
    }),
    deferred: phrase.exactOptional().meta({ description: "Why it is deferred to a later plan." }),
  })
  .meta({ id: "ActionInvocation" });

const resourceChanges = z.array(resourceChange).readonly();

/** One plan of a review. */
export const stackReviewSchema: z.ZodType<StackReview> = z
  .strictObject({
    name: text,
    failure: text
      .exactOptional()
      .meta({ description: "Why the stack could not be planned: Terraform's message." }),
    isErrored: z.boolean(),
    isIncomplete: z.boolean(),
    resources: resourceChanges,
    drift: resourceChanges.meta({ description: "Changes made outside of Terraform since its last run." }),
    deferred: resourceChanges.meta({ description: "Changes deferred to a later plan." }),
    actions: z.array(actionInvocation).readonly().exactOptional().meta({
      description: "Actions that providers run (Terraform 1.14). Absent: none.",
    }),
    outputs: z.array(outputChange).readonly(),
    checks: z.array(failedCheck).readonly(),
  })
  .meta({ id: "StackReview" });

const FACTS =
  "Further requirements, such as `from outside 10.0.0.0/8 (aws:SourceIp = 203.0.113.7)` or `without MFA`.";

const tokenProof = z
  .strictObject({
    kind: z.literal("token"),
    provider: text.meta({ description: "ARN of the OIDC provider that the token comes through." }),
    claims: z.strictObject({
      iss: text,
      aud: z.union([text, texts]).exactOptional(),
      sub: text.exactOptional(),
      "oidc.circleci.com/project-id": text.exactOptional(),
    }),
    facts: texts.meta({ description: FACTS }),
  })
  .meta({ id: "TokenProof" });

const requestProof = z
  .strictObject({
    kind: z.literal("request"),
    action: text,
    resource: text,
    caller: text.exactOptional(),
    facts: texts.meta({ description: FACTS }),
  })
  .meta({ id: "RequestProof" });

const proof: z.ZodType<Proof> = z.discriminatedUnion("kind", [tokenProof, requestProof]);

const sentence: z.ZodType<AccessSentence> = z
  .strictObject({
    effect: z.enum(["gained", "lost"]),
    people: texts.meta({ description: "By their names in access.yaml." }),
    phrase,
    proof: proof.exactOptional(),
  })
  .meta({ id: "AccessSentence" });

const accessChange: z.ZodType<AccessChange> = z
  .strictObject({
    id,
    stack: text,
    aspect: z.enum([
      ...(["trust", "permissions", "credentials", "runs-as", "session", "provider"] as const),
      ...(["bucket-policy", "resource-policy", "public-access", "sharing", "exclusive"] as const),
    ]),
    subject: text.meta({
      description:
        "The name of the role, bucket, provider or other resource, such as `user eve`; or its address.",
    }),
    addresses: texts,
    source: z.enum(["plan", "drift"]),
    relation: z.enum(["broader", "narrower", "both-ways", "same", "unknown"]),
    reason: phrase.exactOptional(),
    sentences: z.array(sentence).readonly(),
  })
  .meta({ id: "AccessChange" });

const finding: z.ZodType<ReviewFinding> = z
  .strictObject({
    id,
    stack: text,
    role: text,
    address: text,
    rule: z.enum(FINDING_IDS),
    severity: z.enum(["high", "medium", "low"]),
    path: text,
    message: text,
    isNew: z.boolean().meta({ description: "Whether the current policy does not have it." }),
    proof: tokenProof.exactOptional(),
  })
  .meta({ id: "Finding" });

/** The whole review, strictly. */
export const reviewSchema: z.ZodType<Review> = z.strictObject({
  schemaVersion: z.literal(1),
  commit: text.exactOptional(),
  stacks: z.array(stackReviewSchema).readonly(),
  leftOut: z.array(z.strictObject({ name: text, reason: text })).readonly(),
  access: z.array(accessChange).readonly(),
  notExamined: z.array(notExaminedSchema).readonly().exactOptional().meta({
    description: "Changes that can affect access and were not examined. Absent: none.",
  }),
  findings: z.array(finding).readonly(),
});

/**
 * The text of docs/review/review.schema.json: what `--json` prints, for programs that read it.
 * Where this program reads what another of its own processes wrote it takes nothing that it does
 * not know; others are to overlook new fields.
 */
export function reviewJsonSchema(): string {
  const schema = z.toJSONSchema(reviewSchema, {
    target: "draft-7",
    io: "output",
    override: ({ jsonSchema }) => {
      delete jsonSchema.additionalProperties;
      delete jsonSchema.readOnly;
    },
  });
  return `${JSON.stringify(schema, null, 2)}\n`;
}
