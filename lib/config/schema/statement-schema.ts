import { z } from "zod";
import { resourceRule } from "../rules/arn";
import { actionPattern, actionRule, sidPattern, sidRule } from "../rules/statement";
import { list, namedMap, strictMap, text } from "./schema-parts";

const actionText = text(actionRule, 'an action such as "s3:GetObject"', {
  description: "An action as `service:Action`, which may contain `*` and `?`; `*` alone means every action.",
  pattern: actionPattern,
});

const resourceText = text(resourceRule, 'an ARN, or "*"', {
  description: "A resource's ARN, which may contain `*` and `?`; `*` alone means every resource.",
});

const conditionText = z.string({ error: "text in quotes" });

function oneOrMore<Element extends z.ZodType>(element: Element, description: string) {
  const allowed = "text, or a list of texts";
  return z.union([element, list(element, allowed)], { error: allowed }).meta({ description });
}

/**
 * One statement of an identity-based policy. checks/statements.ts requires exactly one of Action
 * and NotAction, and of Resource and NotResource.
 */
export const statementSchema = strictMap(
  {
    Sid: text(sidRule, "text", {
      description: "The statement's ID: letters and digits, unique in the role.",
      pattern: sidPattern,
    }).optional(),
    Effect: z.enum(["Allow", "Deny"], { error: "Allow, Deny" }).meta({ description: "`Allow` or `Deny`." }),
    Action: oneOrMore(
      actionText,
      "The actions that the statement applies to. Exactly one of Action and NotAction.",
    ).optional(),
    NotAction: oneOrMore(
      actionText,
      "The statement applies to every action except these. Exactly one of Action and NotAction.",
    ).optional(),
    Resource: oneOrMore(
      resourceText,
      "The resources that the statement applies to. Exactly one of Resource and NotResource.",
    ).optional(),
    NotResource: oneOrMore(
      resourceText,
      "The statement applies to every resource except these. Exactly one of Resource and NotResource.",
    ).optional(),
    Condition: namedMap(
      namedMap(
        oneOrMore(conditionText, "The values that the key is compared with, as text."),
        "a map from condition key to value",
        {
          description: "Condition keys and the values that they are compared with.",
        },
      ),
      "a map from operator (StringEquals, …) to condition keys",
      {
        description:
          "The conditions under which the statement applies: operator, condition key, values. All must be met.",
      },
    ).optional(),
  },
  "an IAM statement",
).meta({
  description:
    "A statement of the role's permissions policy, with IAM's element names. It has no Principal, because it always applies to the role.",
  allOf: [
    { oneOf: [{ required: ["Action"] }, { required: ["NotAction"] }] },
    { oneOf: [{ required: ["Resource"] }, { required: ["NotResource"] }] },
  ],
});

/** One statement of an identity-based policy, with IAM's element names and the file's values. */
export type IdentityStatement = Frozen<z.output<typeof statementSchema>>;

/** Read-only at every depth; an absent key is absent, not undefined. */
type Frozen<T> = T extends readonly (infer Element)[]
  ? readonly Frozen<Element>[]
  : T extends object
    ? { readonly [Key in keyof T]: Frozen<Exclude<T[Key], undefined>> }
    : T;
