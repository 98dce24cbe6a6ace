import { z } from "zod";

/**
 * One run of Terraform inside cdktf: a stack, and Terraform's command (`init`, `plan`, `apply`).
 */
const run = { stack: z.string(), command: z.string() };

const eventSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("start"), ...run }),
  /** A piece of what Terraform prints, without colors. */
  z.object({ kind: z.literal("output"), ...run, text: z.string() }),
  z.object({ kind: z.literal("end"), ...run, exitCode: z.number() }),
  /** After a signal: cdktf ends when Terraform has ended. */
  z.object({ kind: z.literal("waiting") }),
]);

/** What cdktf-guard.cjs reports. */
export type StackEvent = z.infer<typeof eventSchema>;

/** Reads the guard's lines from a text that arrives in pieces. */
export function readEvents(onEvent: (event: StackEvent) => void): (text: string) => void {
  let rest = "";
  return (text) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) onEvent(eventSchema.parse(JSON.parse(line)));
  };
}
