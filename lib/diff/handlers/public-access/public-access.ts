import { describeAclGrant } from "../../../describe/acl-grant";
import { type Phrase, quoted } from "../../../describe/phrase";
import type { Relation } from "../../../describe/relation";
import { together } from "../../../describe/relation";
import { bucketPartAt } from "../../context/buckets";
import { isTouched, type PlanContext, type Step } from "../../context/plan-context";
import type { Snapshot, Timeline } from "../../context/timelines";
import type { AccessSentence } from "../../model/access-change";
import { type AccessHandler, handlerOf } from "../handler";
import { ACLS_DISABLED, blocksAt, settingsAt } from "./bucket-settings";
import { GRANT, isPhrase, type PublicAccessSettings } from "./settings";

/**
 * What each setting does while it is on (S3 API Reference, PublicAccessBlockConfiguration; S3 User
 * Guide, "Controlling ownership of objects").
 */
const SENTENCES: Readonly<Record<string, readonly [off: string, on: string]>> = {
  block_public_acls: [
    "new ACLs that grant public access are no longer blocked on ",
    "new ACLs that grant public access are now blocked on ",
  ],
  block_public_policy: [
    "new bucket policies that grant public access are no longer blocked on ",
    "new bucket policies that grant public access are now blocked on ",
  ],
  ignore_public_acls: [
    "ACLs that grant public access are no longer ignored on ",
    "ACLs that grant public access are now ignored on ",
  ],
  restrict_public_buckets: [
    "a bucket policy that grants public access is no longer restricted on ",
    "a bucket policy that grants public access is now restricted on ",
  ],
  [ACLS_DISABLED]: ["ACLs are now enabled on ", "ACLs are now disabled on "],
};

const SETTINGS = [
  "aws_s3_bucket_public_access_block",
  "aws_s3_bucket_ownership_controls",
  "aws_s3_bucket_acl",
];

/** A bucket, or all buckets of an account, with the resources of the step that set it up. */
interface Item {
  readonly name: string;
  readonly touched: readonly Timeline[];
  readonly settingsAt: (snapshot: Snapshot) => PublicAccessSettings;
}

interface Difference {
  readonly unknown: readonly Phrase[];
  readonly sentences: readonly AccessSentence[];
}

/** Public access of buckets: public access block, object ownership and ACL. */
export const publicAccess = handler("public-access", (step, { buckets }) =>
  buckets.flatMap((bucket): readonly Item[] => {
    const touched = [...SETTINGS, "aws_s3_bucket"]
      .flatMap((type) => bucket.parts.get(type) ?? [])
      .filter((one) => isTouched(one, step));
    const declared = bucket.parts.get("aws_s3_bucket") ?? [];
    // The settings of a bucket that is destroyed do not matter.
    const isGone = declared.length > 0 && bucketPartAt(bucket, "aws_s3_bucket", step.to) === undefined;
    if (touched.length === 0 || isGone) return [];
    const to = (snapshot: Snapshot) => (snapshot === "planned" ? snapshot : step.to);
    return [
      { name: bucket.name, touched, settingsAt: (snapshot) => settingsAt(bucket, snapshot, to(snapshot)) },
    ];
  }),
);

/** The public access block of all buckets of an account. */
export const accountPublicAccess = handler("account-public-access", (step, { byType }) =>
  (byType.get("aws_s3_account_public_access_block") ?? [])
    .filter((one) => isTouched(one, step))
    .map((timeline) => {
      const { account } = timeline;
      return {
        name: account === undefined ? "all buckets of the account" : `all buckets of account ${account}`,
        touched: [timeline],
        settingsAt: (snapshot) => blocksAt(timeline, snapshot, false),
      };
    }),
);

function handler(
  name: string,
  itemsIn: (step: Step, context: PlanContext) => readonly Item[],
): AccessHandler {
  return handlerOf<Item, PublicAccessSettings, Difference>({
    name,
    comparison: "buckets",
    itemsIn,
    normalise: (item, snapshot) => item.settingsAt(snapshot),
    dataOf: (settings) => [...settings],
    compare: ({ item, before, after }) => differenceOf(item.name, before, after),
    describe: ({ unknown, sentences }, { item: { name: subject, touched } }) => {
      const relations = sentences.map(
        ({ effect }): Relation => (effect === "gained" ? "broader" : "narrower"),
      );
      return {
        stack: touched[0]?.stack ?? "",
        account: touched[0]?.account,
        aspect: "public-access",
        subject,
        addresses: touched.map(({ address }) => address),
        relation: unknown.length > 0 ? "unknown" : together(relations),
        reasons: unknown,
        sentences: sentences.toSorted((one, other) =>
          one.effect < other.effect ? -1 : one.effect > other.effect ? 1 : 0,
        ),
      };
    },
  });
}

function differenceOf(
  name: string,
  before: PublicAccessSettings,
  after: PublicAccessSettings,
): Difference | undefined {
  const names = [...new Set([...before.keys(), ...after.keys()])];
  const differing = names.filter(
    (one) =>
      JSON.stringify(before.get(one) ?? false) !== JSON.stringify(after.get(one) ?? false) ||
      isPhrase(after.get(one)),
  );
  if (differing.length === 0) return undefined;
  const unknown = differing.flatMap((one): readonly Phrase[] => {
    const [was, is] = [before.get(one), after.get(one)];
    return isPhrase(is) ? [[quoted(one), " ", ...is]] : isPhrase(was) ? [[quoted(one), " ", ...was]] : [];
  });
  const sentences = differing.flatMap((one): readonly AccessSentence[] => {
    const [was = false, is = false] = [before.get(one), after.get(one)];
    if (isPhrase(was) || isPhrase(is)) return [];
    return [
      { effect: is ? "lost" : "gained", people: [], phrase: [...describeSetting(one, is), quoted(name)] },
    ];
  });
  return { unknown, sentences };
}

function describeSetting(name: string, isOn: boolean): Phrase {
  const sentence = SENTENCES[name];
  if (sentence !== undefined) return [sentence[isOn ? 1 : 0]];
  // Grants of an ACL are settings that are off.
  const grant = name.slice(GRANT.length);
  return describeAclGrant(grant, isOn ? "can no longer" : "can now");
}
