import { z } from "zod";

/** The part of cdk.tf.json that is read here. */
const stackSchema = z.object({
  resource: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))).optional(),
});

/** A resource that a synthesized stack declares. */
export interface Declared {
  readonly stack: string;
  readonly type: string;
  readonly id: string;
  /**
   * A string argument, with a reference to another resource's attribute resolved; undefined: not
   * set, or not a string.
   */
  text(key: string): string | undefined;
}

/** The resources of a synthesized stack. @param json its parsed cdk.tf.json */
export function declaredIn(stack: string, json: unknown): readonly Declared[] {
  const { resource = {} } = stackSchema.parse(json);
  const textAt = (type: string, id: string, key: string): string | undefined => {
    const value = resource[type]?.[id]?.[key];
    if (typeof value !== "string") return undefined;
    const [, otherType = "", otherId = "", attribute = ""] =
      /^\$\{([a-z0-9_]+)\.([\w-]+)\.(\w+)\}$/.exec(value) ?? [];
    return otherType === "" ? unescaped(value) : textAt(otherType, otherId, attribute);
  };
  return Object.entries(resource).flatMap(([type, all]) =>
    Object.keys(all).map((id): Declared => ({ stack, type, id, text: (key) => textAt(type, id, key) })),
  );
}

/** Undoes Terraform's escapes of template sequences. */
function unescaped(text: string): string {
  return text.replaceAll("$${", "${").replaceAll("%%{", "%{");
}
