import { z } from "zod";
import { documentFilePattern, documentFileRule } from "../rules/document-file";
import { text } from "./schema-parts";

/** Options of a resource that keep it as it was before Terraform managed it. */
export const defaultTagsFlag = z
  .boolean({ error: "true or false" })
  .meta({ description: "`false`: the resource does not get the project's default tags.", default: true })
  .optional();

export const protectFlag = z
  .boolean({ error: "true or false" })
  .meta({
    description: "`true`: Terraform rejects every plan that would destroy the resource.",
    default: false,
  })
  .optional();

/** The path of a policy file beside access.yaml. */
export function documentFile(description: string) {
  return text(documentFileRule, "a path below the folder of access.yaml that ends in .json", {
    description,
    pattern: documentFilePattern,
  });
}
