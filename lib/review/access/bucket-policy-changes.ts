import { compareResourcePolicies } from "../../iam/prove/requests/compare-resource-policies";
import type { AccessChange, AccessSentence, Relation } from "../model/access-change";
import { joinPhrases, type Phrase, plainText, quoted } from "../model/phrase";
import { type Bucket, bucketPartAt } from "./buckets";
import { canonical, changeOf } from "./change";
import type { Held } from "./facts";
import { fateOf } from "./fate";
import { callersBetween } from "./found-requests";
import { ownedAfter, ownsList } from "./inline-policies";
import type { Moment, Timeline } from "./moments";
import type { PolicyReading } from "./policy-reading";
import { sayCall, sentencesOf } from "./request-sentences";
import { isTouched, type Scene, type Step } from "./scene";

/** Who may do what with a bucket by its own policy, before and after. */
export function bucketPolicyChangesOf(bucket: Bucket, step: Step, scene: Scene): readonly AccessChange[] {
  const touched = ["aws_s3_bucket_policy", "aws_s3_bucket"]
    .flatMap((type) => bucket.parts.get(type) ?? [])
    .filter((one) => isTouched(one, step));
  const [first] = touched;
  if (first === undefined) return [];
  const at = (moment: Moment) => scene.reader.read(policyAt(bucket, moment));
  const [before, after] = [at(step.from), at(step.to)];
  const isUnknown = before.kind === "unknown" || after.kind === "unknown";
  const asTold = step.source === "plan" ? (text: string) => text : canonical;
  const isAlike = data(before, asTold) === data(after, asTold);
  if (isAlike && !(isUnknown && step.source === "plan")) return [];
  const { relation, reason, sentences } = isUnknown
    ? { relation: "unknown" as const, reason: unreadable(before, after), sentences: [] }
    : whileThere(compared(bucket.name, before, after), bucket, step);
  // A new bucket that nobody else gets into, or one that nobody got into and is gone.
  if (relation === "same" && (before.kind === "none" || after.kind === "none") && isAsGone(bucket, step))
    return [];
  const fate: readonly Phrase[] =
    step.source === "drift"
      ? [fateOf(data(before, canonical), data(after, canonical), data(at("planned"), canonical))]
      : [];
  const reasons = joinPhrases([...reason, ...fate], "; ");
  const own = touched.filter((one) => changesPolicy(one, step));
  return [
    changeOf({
      stack: first.stack,
      aspect: "bucket-policy",
      subject: bucket.name,
      source: step.source,
      addresses: (own.length === 0 ? touched : own).map(({ address }) => address),
      ...(reasons.length === 0 ? {} : { reason: reasons }),
      relation,
      sentences,
      before: data(before, canonical),
      after: data(after, canonical),
    }),
  ];
}

function isThereAt(bucket: Bucket, moment: Moment): boolean {
  return !bucket.parts.has("aws_s3_bucket") || bucketPartAt(bucket, "aws_s3_bucket", moment) !== undefined;
}

function isAsGone(bucket: Bucket, { from, to }: Step): boolean {
  return !isThereAt(bucket, from) || !isThereAt(bucket, to);
}

/** From a bucket that was not there nobody is kept out now, and into one that is gone nobody gets any more. */
function whileThere(found: Compared, bucket: Bucket, { from, to }: Step): Compared {
  const relation: Partial<Record<Relation, Relation>> = !isThereAt(bucket, from)
    ? { narrower: "same", "both-ways": "broader" }
    : !isThereAt(bucket, to)
      ? { broader: "same", "both-ways": "narrower" }
      : {};
  const effect = !isThereAt(bucket, from) ? "gained" : !isThereAt(bucket, to) ? "lost" : undefined;
  return {
    ...found,
    relation: relation[found.relation] ?? found.relation,
    sentences: found.sentences.filter((one) => effect === undefined || one.effect === effect),
  };
}

interface Compared {
  readonly relation: Relation;
  readonly reason: readonly Phrase[];
  readonly sentences: readonly AccessSentence[];
}

function changesPolicy({ at }: Timeline, { from, to }: Step): boolean {
  return JSON.stringify(at[from]?.policy) !== JSON.stringify(at[to]?.policy);
}

/** The resource of its own declares it; without one, what the bucket's own resource mirrors is there all the same. */
function policyAt(bucket: Bucket, moment: Moment): Held | undefined {
  const separate = bucketPartAt(bucket, "aws_s3_bucket_policy", moment);
  // A policy of a resource that has none in it is no policy that could be read.
  if (separate !== undefined) return separate.at[moment]?.policy ?? { kind: "value", value: "" };
  const held = bucketPartAt(bucket, "aws_s3_bucket", moment);
  const own = held?.at[moment]?.policy;
  if (moment === "found") return own;
  if (moment === "was") {
    const now = bucketPartAt(bucket, "aws_s3_bucket", "found")?.at.found?.policy;
    // What the mirror still showed and is gone was taken away by Terraform, as far as one can see.
    return ownsList(held, "policy") || now !== undefined ? own : undefined;
  }
  const before = bucketPartAt(bucket, "aws_s3_bucket", "found");
  if (held === undefined) return undefined;
  const isNew = before === undefined || held.isReplaced;
  if (ownedAfter(held, "policy", isNew)) return own;
  const isRemoved = bucketPartAt(bucket, "aws_s3_bucket_policy", "found") !== undefined;
  return isNew || isRemoved ? undefined : before.at.found?.policy;
}

function data(reading: PolicyReading, text: (policy: string) => string): string | null {
  if (reading.kind === "none") return null;
  return reading.kind === "policy" ? text(reading.text) : plainText(reading.reason);
}

function unreadable(before: PolicyReading, after: PolicyReading): readonly Phrase[] {
  return [
    ...(before.kind === "unknown" && after.kind !== "unknown"
      ? [["the policy that is there ", ...before.reason]]
      : []),
    ...(after.kind === "unknown" ? [["its policy ", ...after.reason]] : []),
  ];
}

function compared(name: string, before: PolicyReading, after: PolicyReading): Compared {
  const [was, is] = [before, after].map((one) => (one.kind === "policy" ? one.policy : undefined));
  const found = compareResourcePolicies(was, is);
  const { relation, reason } = found;
  return {
    relation,
    reason: reason === undefined ? [] : [[quoted(reason)]],
    sentences: sentencesOf(callersBetween(was, is, found), (request, effect) => [
      quoted(request.caller ?? "somebody"),
      effect === "gained" ? " can now " : " can no longer ",
      ...sayCall(request),
      ...(request.resource.includes(name) ? [] : [" by the policy of ", quoted(name)]),
    ]),
  };
}
