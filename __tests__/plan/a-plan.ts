import type { Access } from "../../lib/config/model/model";
import { plainText } from "../../lib/describe/phrase";
import type { AccessChange } from "../../lib/diff/model/access-change";
import { readPlan } from "../../lib/diff/read-plan";
import { printPolicy } from "../../lib/iam/language/document";
import { trustPolicyOf } from "../../lib/iam/write/trust/trust-policy";
import type { Review } from "../../lib/report/model/review";
import { reviewOf } from "../../lib/report/model/review-of";
import { aGrant, aRole } from "../fixtures/access";

/** The trust policy that access.yaml gives a role, as Terraform holds it. */
export function trustFor(grant: Parameters<typeof aGrant>[0] = {}): string {
  return printPolicy(trustPolicyOf(aRole({ grant: aGrant(grant) })));
}

interface Change {
  readonly actions?: readonly string[];
  readonly before?: object | null;
  readonly after?: object | null;
  readonly [more: string]: unknown;
}

/** A resource of a plan. */
export function resource(
  address: string,
  { actions = ["update"], ...change }: Change = {},
  more: object = {},
) {
  const [type = "", name = ""] = address.split(".");
  const sides = { before: {}, after: {}, after_unknown: {}, before_sensitive: {}, after_sensitive: {} };
  return { address, mode: "managed", type, name, change: { ...sides, actions, ...change }, ...more };
}

export type Values = Readonly<Record<string, unknown>>;

/** A resource that changes from one set of values to another; null: it does not exist. */
export function change(address: string, before: Values | null, after: Values | null, more: object = {}) {
  const same = JSON.stringify(before) === JSON.stringify(after);
  const actions = before === null ? ["create"] : after === null ? ["delete"] : same ? ["no-op"] : ["update"];
  return resource(address, { actions, before, after, ...more });
}

export function unchanged(address: string, values: Values) {
  return change(address, values, values);
}

/** A role whose trust policy changes from one text to another; null: no role. */
export function role(before: string | null, after: string | null, change: Change = {}) {
  const side = (policy: string | null) =>
    policy === null ? null : { name: "website-deploy", assume_role_policy: policy };
  const actions = before === null ? ["create"] : after === null ? ["delete"] : ["update"];
  return resource("aws_iam_role.deploy", { actions, before: side(before), after: side(after), ...change });
}

/** A plan as `terraform show -json` writes it. */
export function plan(resources: readonly object[], more: object = {}): string {
  return JSON.stringify({ format_version: "1.2", resource_changes: resources, ...more });
}

/** The review of one plan. */
export function reviewPlan(text: string, name: string, access: Access | undefined): Review {
  return reviewOf([readPlan(text, name)], access === undefined ? {} : { access });
}

/** What a change means for access, as sentences without their marks. */
export function saidIn({ sentences }: AccessChange): readonly string[] {
  return sentences.map(({ phrase }) => plainText(phrase));
}

/** A change of access as one line: source, aspect, relation, sentences and reason. */
export function lineOf({ source, aspect, relation, reason, sentences }: AccessChange): string {
  const phrases = sentences.map(({ phrase }) => `; ${plainText(phrase)}`).join("");
  const why = reason === undefined ? "" : ` (${plainText(reason)})`;
  return `${source === "drift" ? "drift: " : ""}${aspect} ${relation}${phrases}${why}`;
}

/** A bucket policy that lets everyone read. */
export const open = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::site/*" }],
});
