import { z } from "zod";
import { actionInvocationSchema } from "./not-examined";
import { failedCheckSchema, outputChangeSchema, resourceChangeSchema } from "./resource-change";

const resourceChanges = z.array(resourceChangeSchema).readonly();

export const stackReviewSchema = z
  .strictObject({
    name: z.string(),
    failure: z
      .string()
      .exactOptional()
      .meta({ description: "Why the stack could not be planned: Terraform's message." }),
    /** Terraform failed while planning: the rest is incomplete or empty. */
    isErrored: z.boolean(),
    /** Something is deferred to a later plan. */
    isIncomplete: z.boolean(),
    newerFormat: z.string().exactOptional().meta({
      description: "The plan's format version, if it is newer than this release.",
    }),
    /** By address; without those that Terraform does not change. */
    resources: resourceChanges,
    drift: resourceChanges.meta({ description: "Changes made outside of Terraform since its last run." }),
    deferred: resourceChanges.meta({ description: "Changes deferred to a later plan." }),
    /** Deferred ones are included. */
    actions: z.array(actionInvocationSchema).readonly().exactOptional().meta({
      description: "Actions that providers run (Terraform 1.14). Absent: none.",
    }),
    outputs: z.array(outputChangeSchema).readonly(),
    checks: z.array(failedCheckSchema).readonly(),
  })
  .readonly()
  .meta({ id: "StackReview" });

/** The plan of one stack or file. */
export type StackReview = z.infer<typeof stackReviewSchema>;
