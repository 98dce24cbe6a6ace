import { z } from "zod";
import { accessChangeSchema, reviewFindingSchema } from "../../diff/model/access-change";
import { notExaminedSchema } from "../../plan/not-examined";
import { stackReviewSchema } from "../../plan/stack-review";
import { endingSchema } from "./endings";

const text = z.string();

export const leftOutSchema = z
  .strictObject({
    name: text,
    reason: text,
    isErrored: z.literal(true).exactOptional().meta({
      description: "The stack was to be planned, and could not be. Absent: it was skipped on purpose.",
    }),
  })
  .readonly();

/** The whole review. Unknown fields are an error. */
export const reviewSchema = z
  .strictObject({
    /** Raised when a field changes its meaning or is removed, but not for new fields. */
    schemaVersion: z.literal(1),
    /** The commit that was planned, if it is known. */
    commit: text.exactOptional(),
    /** By name. */
    stacks: z.array(stackReviewSchema).readonly(),
    /** Stacks that were not planned, and why; by name. */
    leftOut: z.array(leftOutSchema).readonly(),
    /** Gains first, then undetermined changes, losses and equal changes; by stack and subject. */
    access: z.array(accessChangeSchema).readonly(),
    /** By stack and address. */
    notExamined: z.array(notExaminedSchema).readonly().exactOptional().meta({
      description: "Changes that can affect access and were not examined. Absent: none.",
    }),
    endings: z.array(endingSchema).readonly().exactOptional().meta({
      description: "Access and entries of access.yaml that end, by the clock of the review. Absent: none.",
    }),
    /** The most severe first. */
    findings: z.array(reviewFindingSchema).readonly(),
  })
  .readonly();

/**
 * The whole review: plain data, which `--json` prints as it is (docs/review/json.md) and every
 * other form is printed from.
 */
export type Review = z.infer<typeof reviewSchema>;
export type LeftOut = z.infer<typeof leftOutSchema>;

/**
 * The text of docs/review/review.schema.json: what `--json` prints, for programs that read it. This
 * project refuses unknown fields where it reads its own files; other programs are to ignore them.
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
