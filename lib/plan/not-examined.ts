import { z } from "zod";
import { idSchema, phraseSchema } from "./resource-change";

const text = z.string();

export const notExaminedSchema = z
  .strictObject({
    id: idSchema,
    stack: text,
    address: text,
    type: text.meta({ description: "The resource type." }),
    what: z.enum(["type", "arguments", "tags", "provisioners", "read", "format", "refused"]).meta({
      description:
        "Why it is not examined: its type, some arguments, its tags, its provisioners, what reading it does, a field of the plan that this release does not know, AWS refused to show it.",
    }),
    /**
     * `plan`: this plan changes it. `drift`: it was changed outside of Terraform. `deferred`: it is
     * deferred to a later plan.
     */
    source: z.enum(["plan", "drift", "deferred"]),
    reason: phraseSchema.meta({ description: "The action, and how the resource can affect access." }),
  })
  .readonly()
  .meta({ id: "NotExamined" });

export const actionInvocationSchema = z
  .strictObject({
    id: idSchema,
    address: text,
    type: text.meta({ description: "Such as `aws_lambda_invoke`." }),
    /** Such as: after_create of `aws_instance.web`. */
    trigger: phraseSchema.meta({ description: "When it runs." }),
    effect: z.enum(["none", "unknown"]).meta({
      description: "`none`: known not to affect access. `unknown`: the effect is not in the plan.",
    }),
    deferred: phraseSchema.exactOptional().meta({ description: "Why it is deferred to a later plan." }),
  })
  .readonly()
  .meta({ id: "ActionInvocation" });

/** A change by a plan or drift that can affect access and that no comparison examines. */
export type NotExamined = z.infer<typeof notExaminedSchema>;
/** An action that a provider runs beside the changes of resources (Terraform 1.14). */
export type ActionInvocation = z.infer<typeof actionInvocationSchema>;
