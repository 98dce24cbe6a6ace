import { z } from "zod";
import type { Phrase } from "../describe/phrase";
import { actionSchema } from "./actions";

const text = z.string();
const texts = z.array(text).readonly();

/** What `--accept` takes. */
export const idSchema = text.meta({
  description: "Identifies the change: the same in every run. `--accept` takes it.",
});

export const phraseSchema: z.ZodType<Phrase> = z
  .array(z.union([text, z.strictObject({ quoted: text })]))
  .readonly()
  .meta({
    id: "Phrase",
    description: "A sentence: fixed words as texts, text from a plan or a file as `quoted`.",
  });

const shownValueSchema = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("absent") }),
    /** As JSON, without quotes if it is a text. */
    z.strictObject({ kind: z.literal("text"), text }),
    z.strictObject({ kind: z.literal("known-after-apply") }),
    z.strictObject({ kind: z.literal("sensitive") }),
  ])
  .readonly()
  .meta({ id: "ShownValue" });

const statementChangeSchema = z
  .strictObject({
    effect: z.enum(["added", "removed", "changed"]),
    /** Its Sid, or `Statement[1]`. */
    name: text,
    /** The statement line by line: `+` is added, `-` is removed. */
    lines: z.array(z.strictObject({ mark: z.enum(["+", "-", " "]), text }).readonly()).readonly(),
  })
  .readonly();

const attributeChangeSchema = z
  .strictObject({
    /** Such as `tags.team` or `rule[0].status`. */
    path: text,
    before: shownValueSchema,
    after: shownValueSchema,
    /**
     * The changed statements of a JSON policy. Empty, also for other JSON in a text: the content is
     * the same, written differently.
     */
    statements: z.array(statementChangeSchema).readonly().exactOptional(),
  })
  .readonly()
  .meta({ id: "AttributeChange" });

const dataLossSchema = z
  .strictObject({
    /** What it is called, such as `database`. */
    store: text,
    /** Empty: not in the plan. */
    name: text,
    effect: z.enum(["destroyed", "replaced", "less-protected"]),
    kept: text
      .exactOptional()
      .meta({ description: "What keeps the data of a destroyed data store. Absent: nothing does." }),
    lost: texts.exactOptional().meta({ description: "What no longer protects the data." }),
  })
  .readonly()
  .meta({ id: "DataLoss" });

export const resourceChangeSchema = z
  .strictObject({
    id: idSchema,
    address: text,
    /** The address before a move. */
    previousAddress: text.exactOptional(),
    action: actionSchema,
    /** The import ID, or the identity as JSON. */
    importId: text.exactOptional(),
    /** Why Terraform does it or defers it, where the configuration does not show it. */
    reason: phraseSchema.exactOptional(),
    /** Sorted by path. Of a created or destroyed resource: everything that is known. */
    attributes: z.array(attributeChangeSchema).readonly(),
    /** Paths of attributes that force a replacement, such as `name`; sorted. */
    replacedFor: texts,
    isOldForgotten: z.literal(true).exactOptional().meta({
      description: "It is replaced, and the old object remains, no longer managed by Terraform.",
    }),
    dataLoss: dataLossSchema.exactOptional().meta({
      description: "What becomes of the data of a data store. Absent: it stays as protected as it was.",
    }),
  })
  .readonly()
  .meta({ id: "ResourceChange" });

export const outputChangeSchema = z
  .strictObject({
    name: text,
    action: z.enum(["create", "update", "destroy"]),
    before: shownValueSchema,
    after: shownValueSchema,
  })
  .readonly()
  .meta({ id: "OutputChange" });

export const failedCheckSchema = z
  .strictObject({
    /** Such as `check.health` or `aws_s3_bucket.site`. */
    address: text,
    status: z.enum(["fail", "error", "unknown"]),
    /** The messages that the configuration gives. */
    problems: texts,
  })
  .readonly()
  .meta({ id: "FailedCheck" });

/** What Terraform does with a resource, or what was done with it outside of Terraform. */
export type ResourceChange = z.infer<typeof resourceChangeSchema>;
/** What becomes of the data of a data store. */
export type DataLoss = z.infer<typeof dataLossSchema>;
/** One attribute, or a part of one, that differs. */
export type AttributeChange = z.infer<typeof attributeChangeSchema>;
/** A value as it may be shown: masked if it is sensitive or contains a sensitive value. */
export type ShownValue = z.infer<typeof shownValueSchema>;
export type StatementChange = z.infer<typeof statementChangeSchema>;
export type OutputChange = z.infer<typeof outputChangeSchema>;
/**
 * A `check` block, a precondition, a postcondition or a variable's validation that fails, or whose
 * result is unknown.
 */
export type FailedCheck = z.infer<typeof failedCheckSchema>;
