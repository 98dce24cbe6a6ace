import { z } from "zod";
import { documentFilePattern, documentFileRule } from "../rules/document-file";
import { text } from "./schema-parts";

/** What the file can say of objects that were there before it: how they are kept as they are. */
export const defaultTagsFlag = z
  .boolean({ error: "true or false" })
  .meta({ description: "`false`: the project's default tags are not put on it.", default: true })
  .optional();

export const protectFlag = z
  .boolean({ error: "true or false" })
  .meta({ description: "`true`: Terraform refuses every plan that would destroy it.", default: false })
  .optional();

/** A file beside access.yaml with a policy. */
export function documentFile(description: string) {
  return text(documentFileRule, "a path below this file's folder that ends in .json", {
    description,
    pattern: documentFilePattern,
  });
}
