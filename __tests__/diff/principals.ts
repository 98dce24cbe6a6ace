import { readPlan } from "../../lib/diff/read-plan";
import type { Review } from "../../lib/report/model/review";
import { reviewOf } from "../../lib/report/model/review-of";
import { lineOf, plan, type Values } from "../plan/a-plan";

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
export function reported(...resources: readonly object[]): readonly string[] {
  return reportedOf(review({ plan: resources }));
}

export function reportedOf({ access }: Review): readonly string[] {
  return access.map(lineOf);
}
