import { adviceFor } from "../../collections/suggest";
import type { Rule } from "./rule";

export const actionPattern = "^(\\*|[A-Za-z0-9-]+:[A-Za-z0-9*?]+)$";
const actionForm = new RegExp(actionPattern);
export const sidPattern = "^[A-Za-z0-9]+$";
const sidForm = new RegExp(sidPattern);

/** Source: IAM User Guide, "JSON policy element reference: Action". */
export const actionRule: Rule = (text) =>
  actionForm.test(text)
    ? undefined
    : {
        code: "malformed-action",
        message: "this is not an IAM action",
        found: text,
        allowed: "service:Action, with * and ? in the action, or * alone",
        fix: "write it as in the Service Authorization Reference, such as s3:GetObject",
      };

export const servicePattern = "^[A-Za-z0-9-]+$";
const serviceForm = new RegExp(servicePattern);

/** The part of an action before the colon. */
export const serviceRule: Rule = (text) =>
  serviceForm.test(text)
    ? undefined
    : {
        code: "malformed-action",
        message: "this is not the IAM prefix of a service",
        found: text,
        allowed: "letters, digits and -, such as s3",
        fix: "write the part of the action before the colon",
      };

/** Source: IAM User Guide, "JSON policy element reference: Sid". */
export const sidRule: Rule = (text) =>
  sidForm.test(text)
    ? undefined
    : {
        code: "malformed-sid",
        message: "IAM does not allow this statement ID",
        found: text,
        allowed: "letters and digits",
        fix:
          text.replace(/[^A-Za-z0-9]/g, "") === ""
            ? "remove the key"
            : `write ${text.replace(/[^A-Za-z0-9]/g, "")}`,
      };

const families: Readonly<Record<string, readonly string[]>> = {
  String: ["Equals", "NotEquals", "EqualsIgnoreCase", "NotEqualsIgnoreCase", "Like", "NotLike"],
  Numeric: ["Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"],
  Date: ["Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"],
  Arn: ["Equals", "NotEquals", "Like", "NotLike"],
  Bool: [""],
  Binary: ["Equals"],
  IpAddress: [""],
  NotIpAddress: [""],
};

const simple = Object.entries(families).flatMap(([family, endings]) =>
  endings.map((ending) => family + ending),
);

/**
 * Every condition operator of IAM. Source: IAM User Guide, "Condition operators" and "Multivalued
 * context keys"; `Null` has no IfExists.
 */
export const conditionOperators: ReadonlySet<string> = new Set(
  ["", "ForAllValues:", "ForAnyValue:"].flatMap((quantifier) => [
    `${quantifier}Null`,
    ...simple.flatMap((operator) => [`${quantifier}${operator}`, `${quantifier}${operator}IfExists`]),
  ]),
);

/** IAM rejects a policy with an unknown operator when it is applied. */
export const operatorRule: Rule = (text) =>
  conditionOperators.has(text)
    ? undefined
    : {
        code: "unknown-operator",
        message: "IAM has no condition operator of this name",
        found: text,
        allowed: "IAM's condition operators, such as StringEquals, ArnLike or Bool",
        fix: adviceFor(text, conditionOperators, "look it up in the IAM User Guide, Condition operators"),
      };

/** A condition key: `aws:…`, `s3:…`, or one of an OIDC provider, with slashes before the colon. */
export const conditionKeyRule: Rule = (text) =>
  /^[A-Za-z0-9.-]+(\/[^:]*)?:\P{Cc}+$/u.test(text)
    ? undefined
    : {
        code: "malformed-condition-key",
        message: "this is not a condition key",
        found: text,
        allowed: "prefix:key, such as aws:SourceIp",
        fix: "copy the key from the IAM User Guide",
      };
