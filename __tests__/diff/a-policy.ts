import { plainText } from "../../lib/describe/phrase";
import { readPlan } from "../../lib/diff/read-plan";
import { reviewOf } from "../../lib/report/model/review-of";
import { plan, resource, saidIn } from "../plan/a-plan";

export type Values = Readonly<Record<string, unknown>>;

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

/** A resource that goes from some values to others; null: it is not there. */
export function change(address: string, before: Values | null, after: Values | null, more: object = {}) {
  const actions = before === null ? ["create"] : after === null ? ["delete"] : ["update"];
  return resource(address, { actions, before, after, ...more });
}

/** A resource with which nothing is done. */
export function still(address: string, values: Values) {
  return resource(address, { actions: ["no-op"], before: values, after: values });
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

/** What the review of plans says of access: a line for each change. */
export function toldOf(...plans: readonly string[]): readonly string[] {
  return reviewOf(
    plans.map((text, index) => readPlan(text, `plan${index}`)),
    {},
  ).access.map((one) => {
    const reason = plainText(one.reason ?? []);
    const said = [`${one.aspect} ${one.relation} ${one.subject}`, ...(reason === "" ? [] : [`(${reason})`])];
    return [...said, ...saidIn(one).map((text) => `- ${text}`)].join(" ");
  });
}

/** The same of one plan, with what else stands in it. */
export function told(resources: readonly object[], more: object = {}): readonly string[] {
  return toldOf(plan(resources, more));
}
