import { z } from "zod";
import { lineOfTextPattern, lineOfTextRule } from "../rules/pipeline";
import { list, text } from "./schema-parts";

/** A CircleCI step, which is used unchanged, so references such as `<< … >>` work. */
const step = z.union(
  [
    text(lineOfTextRule("a step"), "a step", {
      description: "A step without parameters, such as `setup_remote_docker`.",
      pattern: lineOfTextPattern,
    }),
    z
      .record(z.string(), z.unknown(), { error: "a map with the step's name" })
      .refine((map) => Object.keys(map).length === 1, { error: "a map with one key, the step's name" })
      .meta({ minProperties: 1, maxProperties: 1 }),
  ],
  { error: "a CircleCI step, such as checkout or { save_cache: { … } }" },
);

export const steps = list(step, "a list of CircleCI steps");
