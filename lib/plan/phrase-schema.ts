import { z } from "zod";
import type { Phrase } from "../describe/phrase";

export const phraseSchema: z.ZodType<Phrase> = z
  .array(z.union([z.string(), z.strictObject({ quoted: z.string() })]))
  .readonly()
  .meta({
    id: "Phrase",
    description: "A sentence: words of the tool as texts, words from outside as `quoted`.",
  });
