import { z } from "zod";
import { ProjectError } from "../../errors";

/**
 * A block of `terraform providers schema -json` ("Providers Schema Representation"): its
 * attributes, and the blocks in it.
 */
export interface SchemaBlock {
  readonly attributes?: Readonly<Record<string, SchemaAttribute>> | undefined;
  readonly block_types?: Readonly<Record<string, { readonly block: SchemaBlock }>> | undefined;
}

export interface SchemaAttribute {
  /**
   * A type constraint, such as `"string"` or `["list", "string"]`; absent if `nested_type` is set.
   */
  readonly type?: unknown;
  readonly nested_type?: SchemaBlock | undefined;
  readonly required?: boolean | undefined;
  readonly optional?: boolean | undefined;
}

const attributeSchema: z.ZodType<SchemaAttribute> = z.object({
  type: z.unknown().optional(),
  get nested_type() {
    return blockSchema.optional();
  },
  required: z.boolean().optional(),
  optional: z.boolean().optional(),
});

const blockSchema: z.ZodType<SchemaBlock> = z.lazy(() =>
  z.object({
    attributes: z.record(z.string(), attributeSchema).optional(),
    block_types: z.record(z.string(), z.object({ block: blockSchema })).optional(),
  }),
);

const schemaSchema = z.object({
  provider_schemas: z.record(
    z.string(),
    z.object({ resource_schemas: z.record(z.string(), z.object({ block: blockSchema })) }),
  ),
});

/**
 * The resource types of a provider, each with its block.
 * @param text of `terraform providers schema -json`
 * @param provider its address without the registry's host, such as `hashicorp/aws`
 * @throws ProjectError `provider-schema`: the text has no such provider
 */
export function resourceBlocksIn(text: string, provider: string): ReadonlyMap<string, SchemaBlock> {
  const read = schemaSchema.safeParse(JSON.parse(text));
  const all = Object.entries(read.data?.provider_schemas ?? {});
  const schemas = all.find(([address]) => address.endsWith(`/${provider}`))?.[1].resource_schemas;
  if (schemas === undefined) {
    throw new ProjectError({
      code: "provider-schema",
      message: `\`terraform providers schema -json\` describes no provider ${provider}`,
      found: read.success ? Object.keys(read.data.provider_schemas).join(", ") : "another format",
      fix: "run `terraform init` with this provider first",
    });
  }
  return new Map(Object.entries(schemas).map(([type, { block }]) => [type, block]));
}
