import type { Path } from "../yaml/problem";
import { entriesOf } from "../yaml/yaml-tree";
import { type Field, mapOf, only, type TreeMap, textAt } from "./outline-fields";

export interface OrganizationOutline {
  /** Its name. Undefined: the file's `organization`, which has none. */
  readonly key?: string;
  readonly path: Path;
  readonly id?: Field;
  readonly audience?: Field;
  /** As in the model: it is the only one, or the file says `default: true`. */
  readonly isDefault: boolean;
}

/** The organization of the file, or its organizations. */
export function organizationOutlines(file: TreeMap): readonly OrganizationOutline[] {
  const single = Object.hasOwn(file, "organization")
    ? [outlineOf(file.organization, ["organization"], true)]
    : [];
  const entries = entriesOf(file.organizations);
  const named = entries.map(([key, entry]) => ({
    key,
    ...outlineOf(entry, ["organizations", key], entries.length === 1),
  }));
  return [...single, ...named];
}

function outlineOf(value: unknown, path: Path, isOnly: boolean): Omit<OrganizationOutline, "key"> {
  const entry = mapOf(value);
  return {
    path,
    ...only("id", textAt(entry.id, [...path, "id"])),
    ...only("audience", textAt(entry.audience, [...path, "audience"])),
    isDefault: isOnly || entry.default === true,
  };
}
