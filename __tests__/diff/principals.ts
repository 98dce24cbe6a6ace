import { plainText } from "../../lib/describe/phrase";
import { readPlan } from "../../lib/diff/read-plan";
import type { Review } from "../../lib/report/model/review";
import { reviewOf } from "../../lib/report/model/review-of";
import { plan, resource } from "../plan/a-plan";

export type Values = Readonly<Record<string, unknown>>;

/** A resource that goes from one set of values to another; null: it is not there. */
export function change(address: string, before: Values | null, after: Values | null, more: object = {}) {
  const same = JSON.stringify(before) === JSON.stringify(after);
  const actions = before === null ? ["create"] : after === null ? ["delete"] : same ? ["no-op"] : ["update"];
  return resource(address, { actions, before, after, ...more });
}

export const still = (address: string, values: Values) => change(address, values, values);

export const ACCOUNT = "arn:aws:iam::123456789012";

export const allow = (action: string, to = "arn:aws:s3:::site/*") => statement("Allow", action, to);
export const deny = (action: string, to = "arn:aws:s3:::site/*") => statement("Deny", action, to);

function statement(Effect: string, Action: string, Resource: string): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect, Action, Resource }] });
}

export const user = (name: string, more: Values = {}): Values => ({
  name,
  arn: `${ACCOUNT}:user/${name}`,
  ...more,
});
export const group = (name: string): Values => ({ name, arn: `${ACCOUNT}:group/${name}` });
export const policy = (name: string, text: string): Values => ({
  arn: `${ACCOUNT}:policy/${name}`,
  name,
  path: "/",
  policy: text,
});

/** Stacks by their names, each with its resources or its whole plan. */
export function review(stacks: Readonly<Record<string, readonly object[] | string>>): Review {
  const plans = Object.entries(stacks).map(([name, one]) =>
    readPlan(typeof one === "string" ? one : plan(one), name),
  );
  return reviewOf(plans, {});
}

/** Each change as one line: aspect, relation, sentences and the reason. */
export function told(...resources: readonly object[]): readonly string[] {
  return toldOf(review({ plan: resources }));
}

export function toldOf({ access }: Review): readonly string[] {
  return access.map(
    ({ source, aspect, relation, reason, sentences }) =>
      `${source === "drift" ? "drift: " : ""}${aspect} ${relation}${sentences.map(({ phrase }) => `; ${plainText(phrase)}`).join("")}${reason === undefined ? "" : ` (${plainText(reason)})`}`,
  );
}
