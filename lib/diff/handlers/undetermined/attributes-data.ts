import type { Timeline } from "../../context/timelines";
import { canonical } from "../../model/change";
import type { Attributes, AttributeValue } from "../../model/facts";
import type { Description } from "../handler";

/** All attributes of a resource as plain data; null: it does not exist. */
export function allData(attributes: Attributes | undefined): unknown {
  return attributes === undefined
    ? null
    : Object.keys(attributes)
        .sort()
        .map((name) => [name, asData(attributes[name])]);
}

export function asData(value: AttributeValue | undefined): string {
  if (value?.kind === "value" && typeof value.value === "string") return canonical(value.value);
  return JSON.stringify(value ?? null);
}

/** The part of a description that is the same for every resource whose effect is not determined. */
export function undetermined(
  { stack, account, address }: Timeline,
  subject: string,
): Omit<Description, "reasons"> {
  return {
    stack,
    account,
    aspect: "permissions",
    subject,
    addresses: [address],
    relation: "unknown",
    sentences: [],
  };
}
