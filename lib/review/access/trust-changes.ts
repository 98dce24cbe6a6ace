import { ProjectError } from "../../errors";
import type { Policy } from "../../iam/language/policy";
import { parsePolicy } from "../../iam/language/read-policy";
import { type Comparison, compare } from "../../iam/prove/compare";
import type { PlannedChange, PlannedResource } from "../plan/plan-json";
import { isUnknown } from "../plan/resources";
import type { AccessFacts } from "./facts";

export interface TrustChange {
  /** The role's name in IAM, or its address where that is known only after apply. */
  readonly role: string;
  readonly address: string;
  /** `drift`: it has happened already, by somebody else's hand. */
  readonly source: "plan" | "drift";
  readonly relation: Comparison["relation"];
  /** As they are read; undefined: nobody was or will be let in. */
  readonly before?: Policy;
  readonly after?: Policy;
  readonly comparison?: Comparison;
  /** Why it is unknown. */
  readonly reason?: string;
}

/** Lets in nobody: what is said of a role that is not there. */
const NOBODY: Policy = { version: "2012-10-17", statements: [] };

/** What becomes of who may assume which role, for every role whose trust policy a plan or drift touches. */
export function trustChangesIn(plan: AccessFacts): readonly TrustChange[] {
  const providers = plan.changes
    .filter(({ type }) => type === "aws_iam_openid_connect_provider")
    .flatMap(({ change: { after, before } }) => [textIn(after, "arn"), textIn(before, "arn")])
    .filter((arn) => arn !== undefined);
  const of = (resources: readonly PlannedResource[], source: TrustChange["source"]) =>
    resources
      .filter(({ type, mode }) => type === "aws_iam_role" && mode === "managed")
      .flatMap((resource) => changesOf(resource, source, providers));
  return [...of(plan.changes, "plan"), ...of(plan.drift, "drift")];
}

function changesOf(
  { address, change }: PlannedResource,
  source: TrustChange["source"],
  providers: readonly string[],
): readonly TrustChange[] {
  const names = [textIn(change.before, "name"), textIn(change.after, "name")];
  const role = names[1] ?? names[0] ?? address;
  const base = { role, address, source };
  // Another name is another role: what knew the old one no longer gets in, whatever the policy says.
  const isRenamed = names[0] !== undefined && names[1] !== undefined && names[0] !== names[1];
  const isGone = change.actions.join() === "forget";
  if (isGone || change.actions.join() === "read") return [];
  if (isRenamed) {
    return [
      trustChange({ ...base, role: names[0] ?? role }, { ...change, after: null }, providers),
      trustChange(base, { ...change, before: null }, providers),
    ].flat();
  }
  return trustChange(base, change, providers);
}

function trustChange(
  base: Pick<TrustChange, "role" | "address" | "source">,
  change: PlannedChange,
  providers: readonly string[],
): readonly TrustChange[] {
  const unknown = (reason: string): readonly TrustChange[] => [{ ...base, relation: "unknown", reason }];
  const isThere = change.after !== null && change.after !== undefined;
  if (isThere && isUnknown(change.after_unknown, KEY))
    return unknown("its trust policy is known only after apply");
  if (isUnknown(change.before_sensitive, KEY) || isUnknown(change.after_sensitive, KEY))
    return unknown("its trust policy is marked as sensitive");
  const [before, after] = [read(change.before), read(change.after)];
  if (typeof before === "string") return unknown(`the trust policy that is there: ${before}`);
  if (typeof after === "string") return unknown(`the planned trust policy: ${after}`);
  if (before === undefined && after === undefined) return [];
  // Nothing is said of a policy that nobody touches.
  if (before !== undefined && textIn(change.before, KEY) === textIn(change.after, KEY)) return [];
  const comparison = compare(before ?? NOBODY, after ?? NOBODY, { providers });
  const { relation, reason } = comparison;
  return [
    {
      ...{ ...base, relation, comparison },
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
      ...(reason === undefined ? {} : { reason }),
    },
  ];
}

const KEY = "assume_role_policy";

/** The trust policy; undefined: there is no role. A text says why it cannot be read. */
function read(values: PlannedChange["before"]): Policy | string | undefined {
  if (values === null || values === undefined) return undefined;
  const text = textIn(values, KEY);
  if (text === undefined) return "it is not in the plan";
  try {
    return parsePolicy(text);
  } catch (error) {
    if (error instanceof ProjectError) return error.message;
    throw error;
  }
}

function textIn(values: PlannedChange["before"], key: string): string | undefined {
  const value = values?.[key];
  return typeof value === "string" ? value : undefined;
}
