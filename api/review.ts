import { plainText } from "../lib/describe/phrase";
import { readPlan } from "../lib/diff/read-plan";
import { awsPolicies } from "../lib/project/aws-data";
import { readAccess } from "../lib/project/read-access";
import { printMarkdown } from "../lib/report/markdown/report";
import { reviewOf } from "../lib/report/model/review-of";
import { FAIL_ON, gateOf } from "../lib/report/verdict/gate";

/** One change of access: who can do what afterwards. */
export interface AccessChange {
  /** The same in every run. `accept` takes it. */
  readonly id: string;
  /** The name that the plan was given. */
  readonly plan: string;
  /** Such as `trust`, `permissions`, `bucket-policy`. */
  readonly aspect: string;
  /** The role, bucket or other resource. */
  readonly subject: string;
  /** Addresses of the changed resources. */
  readonly addresses: readonly string[];
  /** `unknown`: not decided; never take it for `same`. */
  readonly relation: "broader" | "narrower" | "both-ways" | "same" | "unknown";
  /** Such as `administrator`, `privilege-escalation`, `external-access` (docs/review/risk.md). */
  readonly risk: string;
  /** What is gained or lost, a sentence each. */
  readonly sentences: readonly string[];
  /** Why the relation is unknown, or a note on the change. */
  readonly reason?: string;
}

/** A change that can affect access and was not examined. */
export interface NotExamined {
  /** The same in every run. `accept` takes it. */
  readonly id: string;
  /** The resource's address. */
  readonly address: string;
  /** How the resource can affect access. */
  readonly reason: string;
}

/** What plans change. */
export interface PlanReview {
  /** Gains first. */
  readonly access: readonly AccessChange[];
  /** An all-clear is one only if this is empty. */
  readonly notExamined: readonly NotExamined[];
  /** Names of plans that are errored or incomplete: they lack changes. */
  readonly incomplete: readonly string[];
  /** What `failOn` names and `accept` does not: `broader`, `unknown`, … */
  readonly failing: readonly { readonly kind: string; readonly id?: string }[];
  /** The report as Markdown, for a comment. */
  readonly markdown: string;
  /** The whole review, as `oidc review --json` prints it (docs/review/review.schema.json). */
  readonly json: string;
}

/** How plans are reviewed. */
export interface ReviewOptions {
  /** Path of the access.yaml whose names are used for IDs. Default: IDs are shown as they are. */
  readonly accessFile?: string;
  /**
   * What fails: `broader`, `destroy`, `replace`, `drift`, `unknown`, `not-examined`,
   * `finding:high`, `finding:medium`, `finding:low`. Default: `broader`, `unknown`, `not-examined`.
   */
  readonly failOn?: readonly string[];
  /** IDs of changes that are accepted. Default: none. */
  readonly accept?: readonly string[];
}

/**
 * Reviews plans of any Terraform or OpenTofu project: who gains or loses access. Sensitive values
 * of the plans are not in the result.
 * @param plans text of `terraform show -json PLAN`, by a name for each plan; at least one
 * @throws Error with `code` `plan-not-read`, `plan-format`: a text is not a plan;
 * `access-file-invalid`; `unknown-gate`: a word of `failOn`; `no-plan`
 * @example
 * import { reviewPlans } from "cdktf-circleci-oidc/review";
 *
 * const trust = (sub: string) =>
 *   JSON.stringify({
 *     Version: "2012-10-17",
 *     Statement: {
 *       Effect: "Allow",
 *       Action: "sts:AssumeRoleWithWebIdentity",
 *       Principal: { Federated: "arn:aws:iam::123456789012:oidc-provider/oidc.circleci.com/org/6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11" },
 *       Condition: { StringLike: { "oidc.circleci.com/org/6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11:sub": sub } },
 *     },
 *   });
 * const role = (sub: string) => ({ name: "deploy", assume_role_policy: trust(sub) });
 * const plan = JSON.stringify({
 *   format_version: "1.2",
 *   resource_changes: [
 *     {
 *       address: "aws_iam_role.deploy",
 *       mode: "managed",
 *       type: "aws_iam_role",
 *       name: "deploy",
 *       provider_name: "registry.terraform.io/hashicorp/aws",
 *       change: { actions: ["update"], before: role("org/*\/user/0*"), after: role("org/*"), after_unknown: {} },
 *     },
 *   ],
 * });
 * const { access, failing } = reviewPlans({ shop: plan });
 * if (access[0]?.relation !== "broader" || failing[0]?.kind !== "broader") throw new Error(access[0]?.relation);
 */
export function reviewPlans(
  plans: Readonly<Record<string, string>>,
  options: ReviewOptions = {},
): PlanReview {
  const { accessFile, failOn = ["broader", "unknown", "not-examined"], accept = [] } = options;
  requireCall(plans, failOn);
  const review = reviewOf(
    Object.entries(plans).map(([name, text]) => readPlan(text, name)),
    { aws: awsPolicies, ...(accessFile === undefined ? {} : { access: readAccess(accessFile) }) },
  );
  const gate = gateOf(review, failOn, accept);
  return {
    access: review.access.map(({ stack, sentences, risk, reason, ...change }) => ({
      id: change.id,
      plan: stack,
      aspect: change.aspect,
      subject: change.subject,
      addresses: change.addresses,
      relation: change.relation,
      risk: risk.class,
      sentences: sentences.map(({ phrase }) => plainText(phrase)),
      ...(reason === undefined ? {} : { reason: plainText(reason) }),
    })),
    notExamined: (review.notExamined ?? []).map(({ id, address, reason }) => ({
      id,
      address,
      reason: plainText(reason),
    })),
    incomplete: review.stacks
      .filter(({ isErrored, isIncomplete }) => isErrored || isIncomplete)
      .map(({ name }) => name),
    failing: gate.failing,
    markdown: printMarkdown(review, { gate }),
    json: JSON.stringify(review),
  };
}

function requireCall(plans: Readonly<Record<string, string>>, failOn: readonly string[]): void {
  if (Object.keys(plans).length === 0)
    throw Object.assign(new Error("there is no plan to review"), { code: "no-plan" });
  const unknown = failOn.find((word) => !FAIL_ON.includes(word));
  if (unknown === undefined) return;
  const message = `failOn: ${JSON.stringify(unknown)} is unknown; known: ${FAIL_ON.join(", ")}`;
  throw Object.assign(new Error(message), { code: "unknown-gate" });
}
