import { z } from "zod";

/** What a stack's cdk.tf.json says, as far as it matters here. */
const stackSchema = z.object({
  resource: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))).optional(),
});

/** A resource as it is declared. */
export interface Declared {
  readonly stack: string;
  readonly type: string;
  readonly id: string;
  /**
   * A text of its configuration; what refers to another resource's attribute is that attribute's
   * own text. Undefined: there is none.
   */
  text(key: string): string | undefined;
}

/** Resources of a synthesised stack. @param json its cdk.tf.json, read */
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

/** Terraform's templates are escaped where a text only looks like one. */
function unescaped(text: string): string {
  return text.replaceAll("$${", "${").replaceAll("%%{", "%{");
}
