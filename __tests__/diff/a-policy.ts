import { plainText } from "../../lib/describe/phrase";
import { readPlan } from "../../lib/diff/read-plan";
import { reviewOf } from "../../lib/report/model/review-of";
import { plan, saidIn, type Values } from "../plan/a-plan";

/** A policy of a resource, with one statement that allows. */
export function allows(
  principal: unknown,
  action: string | readonly string[],
  on: Values = { Resource: "*" },
): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: principal, Action: action, ...on }],
  });
}

/**
 * A configuration that gives each resource these arguments, by address; an argument's value is what
 * it refers to.
 */
export function configured(
  arguments_: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>,
) {
  const resources = Object.entries(arguments_).map(([address, given]) => {
    const [type = "", name = ""] = address.split(".");
    const expressions = Object.fromEntries(
      Object.entries(given).map(([key, references]) => [
        key,
        references.length === 0 ? { constant_value: "x" } : { references },
      ]),
    );
    return { address, mode: "managed", type, name, provider_config_key: "aws", expressions };
  });
  return { configuration: { root_module: { resources } } };
}

/** The access changes of plans, one line for each. */
export function reportedOf(...plans: readonly string[]): readonly string[] {
  return reviewOf(
    plans.map((text, index) => readPlan(text, `plan${index}`)),
    {},
  ).access.map((one) => {
    const reason = plainText(one.reason ?? []);
    const said = [`${one.aspect} ${one.relation} ${one.subject}`, ...(reason === "" ? [] : [`(${reason})`])];
    return [...said, ...saidIn(one).map((text) => `- ${text}`)].join(" ");
  });
}

/** The same for one plan, with its other top-level fields. */
export function reported(resources: readonly object[], more: object = {}): readonly string[] {
  return reportedOf(plan(resources, more));
}
