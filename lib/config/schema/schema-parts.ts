import { z } from "zod";
import type { Rule } from "../rules/rule";
import type { Violation } from "../yaml/problem";

/** The hover text and other keywords of the JSON schema for editors. */
interface Editor {
  readonly description: string;
  readonly pattern?: string;
  readonly examples?: readonly string[];
}

/** Separates the keys that a strict map lists as allowed; no key contains it. */
export const keySeparator = ", ";

/**
 * Text with a rule. The `error` of every schema names what is allowed; see `reportSchemaIssues`.
 */
export function text(rule: Rule, allowed: string, editor: Editor) {
  return z
    .string({ error: allowed })
    .superRefine((value, context) => addViolation(context, rule(value)))
    .meta({ ...editor });
}

/** A whole number with a rule. */
export function wholeNumber(
  rule: (value: number) => Violation | undefined,
  allowed: string,
  editor: {
    readonly description: string;
    readonly minimum: number;
    readonly maximum: number;
    /** Undefined: the description says what it is. */
    readonly default?: number;
  },
) {
  return z
    .number({ error: allowed })
    .superRefine((value, context) => addViolation(context, rule(value)))
    .meta({ ...editor, type: "integer" });
}

/** A map with fixed keys. Any other key is an error that lists the allowed ones. */
export function strictMap<Shape extends z.ZodRawShape>(shape: Shape, what: string) {
  const keys = Object.keys(shape).join(keySeparator);
  return z.strictObject(shape, {
    error: (issue) => (issue.code === "unrecognized_keys" ? keys : `${what} (${keys})`),
  });
}

/**
 * A map whose keys the user chooses. checks/keys.ts checks the keys, so that an invalid key does
 * not hide problems below it. An empty map is an error unless `mayBeEmpty`.
 */
export function namedMap<Value extends z.ZodType>(
  value: Value,
  allowed: string,
  editor: { readonly description: string; readonly keyPattern?: string; readonly mayBeEmpty?: boolean },
) {
  const keys = editor.keyPattern === undefined ? z.string() : z.string().meta({ pattern: editor.keyPattern });
  const map = z.record(keys, value, { error: allowed });
  if (editor.mayBeEmpty === true) return map.meta({ description: editor.description });
  return map
    .superRefine((entries, context) => {
      if (Object.keys(entries).length === 0) addViolation(context, emptyViolation("map", allowed));
    })
    .meta({ description: editor.description, minProperties: 1 });
}

/** A list with at least one element. checks/lists.ts reports repeated elements. */
export function list<Element extends z.ZodType>(element: Element, allowed: string) {
  return z
    .array(element, { error: allowed })
    .superRefine((elements, context) => {
      if (elements.length === 0) addViolation(context, emptyViolation("list", allowed));
    })
    .meta({ minItems: 1, uniqueItems: true });
}

/** A list that may be empty, because "none" has a meaning of its own there. */
export function listOrNone<Element extends z.ZodType>(element: Element, allowed: string) {
  return z.array(element, { error: allowed }).meta({ uniqueItems: true });
}

function emptyViolation(kind: "map" | "list", allowed: string): Violation {
  return {
    code: kind === "list" ? "empty-list" : "empty-map",
    message: "an empty list or map never grants or excludes anything",
    found: kind === "list" ? "[]" : "{}",
    allowed,
    fix: "add at least one element, or remove the key if it is optional",
  };
}

/** Hands a violation to zod such that `violationIn` finds it again. */
export function addViolation(context: z.RefinementCtx, violation: Violation | undefined): void {
  if (violation !== undefined)
    context.addIssue({ code: "custom", params: { raised: new Raised(violation) } });
}

/** Carries a violation through zod. */
class Raised {
  constructor(readonly violation: Violation) {}
}

/** The violation inside a custom issue, if `complain` raised it. */
export function violationIn(params: Readonly<Record<string, unknown>> | undefined): Violation | undefined {
  return params?.raised instanceof Raised ? params.raised.violation : undefined;
}
