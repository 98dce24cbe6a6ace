import { resourceBlocksIn } from "./provider-schema";
import { sortTypes, type TypeTable } from "./sort-types";

/** From the repository's root. */
export const TABLE_FILE = "lib/diff/coverage/resource-types.json";

const AWS_PROVIDER = "hashicorp/aws";

/**
 * The table as the provider and what is sorted by hand make it.
 * @param schema of `terraform providers schema -json`
 * @throws ProjectError `provider-schema`
 */
export function tableFrom(schema: string): TypeTable {
  return sortTypes(resourceBlocksIn(schema, AWS_PROVIDER));
}

/** One type a line, so that a change of it is a change of lines. */
export function printTable(table: TypeTable): string {
  return `${JSON.stringify(table, null, 2)}\n`;
}
