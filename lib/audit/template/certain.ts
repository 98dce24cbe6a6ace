import type { Json } from "../../iam/language/json";
import type { JsonPath } from "../../iam/language/policy";
import { isNotRead } from "../../iam/language/read-policy";
import { resolve, type Template } from "./intrinsics";

type Certain = { readonly value: Json | undefined } | { readonly unreadable: string };

/** A value of a template with its intrinsic functions resolved, or why that is not possible. */
export function certainly(value: Json | undefined, template: Template, path: JsonPath): Certain {
  if (value === undefined) return { value };
  try {
    return { value: resolve(value, template, path) };
  } catch (error) {
    if (!isNotRead(error)) throw error;
    return { unreadable: error.message };
  }
}
