import { z } from "zod";
import { idSchema } from "./id-schema";
import type { NotExamined } from "./not-examined";
import { phraseSchema } from "./phrase-schema";

const text = z.string();

/** One entry of what was not examined. */
export const notExaminedSchema: z.ZodType<NotExamined> = z
  .strictObject({
    id: idSchema,
    stack: text,
    address: text,
    type: text.meta({ description: "The resource type." }),
    what: z.enum(["type", "arguments", "tags", "provisioners", "read"]).meta({
      description:
        "Why it is not examined: its type, some arguments, its tags, its provisioners, what reading it does.",
    }),
    source: z.enum(["plan", "drift", "deferred"]),
    reason: phraseSchema.meta({ description: "The action, and how the resource can affect access." }),
  })
  .meta({ id: "NotExamined" });
