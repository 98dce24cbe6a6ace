import { z } from "zod";
import { resourceRule } from "../rules/arn";
import { actionPattern, actionRule, sidPattern, sidRule } from "../rules/statement";
import { list, namedMap, strictMap, text } from "./schema-parts";

const actionText = text(actionRule, 'an action such as "s3:GetObject"', {
  description:
    "An action as `service:Action`, with `*` and `?` in the action; `*` alone is every action there is.",
  pattern: actionPattern,
});

const resourceText = text(resourceRule, 'an ARN, or "*"', {
  description: "A resource's ARN, with `*` and `?` where wanted; `*` alone is every resource there is.",
});

const conditionText = z.string({ error: "text in quotes" });

function oneOrMore<Element extends z.ZodType>(element: Element, description: string) {
  const allowed = "one text, or a list of texts";
  return z.union([element, list(element, allowed)], { error: allowed }).meta({ description });
}

/**
 * One statement of an identity policy. Which of Action and NotAction (Resource and NotResource)
 * there is, is checked across keys.
 */
export const statementSchema = strictMap(
  {
    Sid: text(sidRule, "text", {
      description: "The statement's name: letters and digits, once in the role.",
      pattern: sidPattern,
    }).optional(),
    Effect: z.enum(["Allow", "Deny"], { error: "Allow, Deny" }).meta({ description: "`Allow` or `Deny`." }),
    Action: oneOrMore(
      actionText,
      "What the statement is about. Exactly one of Action and NotAction.",
    ).optional(),
    NotAction: oneOrMore(
      actionText,
      "Everything but these actions. Exactly one of Action and NotAction.",
    ).optional(),
    Resource: oneOrMore(resourceText, "On what. Exactly one of Resource and NotResource.").optional(),
    NotResource: oneOrMore(
      resourceText,
      "On everything but these. Exactly one of Resource and NotResource.",
    ).optional(),
    Condition: namedMap(
      namedMap(
        oneOrMore(conditionText, "What the key is compared with, as text."),
        "a map from condition key to value",
        {
          description: "Condition keys and what they are compared with.",
        },
      ),
      "a map from operator (StringEquals, …) to condition keys",
      { description: "When the statement applies: operator, condition key, values. All must hold." },
    ).optional(),
  },
  "an IAM statement",
).meta({
  description:
    "A statement of the role's own policy, in IAM's words and capitals. There is no Principal: it is always the role.",
  allOf: [
    { oneOf: [{ required: ["Action"] }, { required: ["NotAction"] }] },
    { oneOf: [{ required: ["Resource"] }, { required: ["NotResource"] }] },
  ],
});
