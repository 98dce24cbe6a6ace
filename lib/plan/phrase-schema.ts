import { z } from "zod";
import type { Phrase } from "../describe/phrase";

export const phraseSchema: z.ZodType<Phrase> = z
  .array(z.union([z.string(), z.strictObject({ quoted: z.string() })]))
  .readonly()
  .meta({
    id: "Phrase",
    description: "A sentence: fixed words as texts, text from a plan or a file as `quoted`.",
  });
