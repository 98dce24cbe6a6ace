import { groupBy } from "../../../collections/group-by";
import { remembered } from "../../../collections/remembered";
import { joinPhrases, type Phrase, quoted } from "../../../describe/phrase";
import { accountKeyOf, isKnownAccount } from "../../context/account-keys";
import { isTouched, type PlanContext, type Step } from "../../context/plan-context";
import { KINDS, PRINCIPAL_KINDS } from "../../context/principal-kinds";
import { inOrder, type Timeline, textAt, textsAt } from "../../context/timelines";
import { aspectOf } from "../../coverage/compared-attributes";
import type { AccessChange } from "../../model/access-change";
import type { Attributes } from "../../model/facts";
import { handlerOf } from "../handler";

/** What a name is of, and the attribute that says it. */
interface Naming {
  readonly what: string;
  readonly attribute: string;
  /** The resource is the object itself, and no part of it. */
  readonly isHolder: boolean;
}

/**
 * By type, what its resources name that is unique within an account, or, a bucket, in all of AWS.
 */
const NAMINGS: ReadonlyMap<string, readonly Naming[]> = namings();

function namings(): ReadonlyMap<string, readonly Naming[]> {
  const byType = new Map<string, Naming[]>();
  const add = (type: string, what: string, attribute: string, isHolder: boolean) =>
    remembered<string, Naming[]>(byType, type, () => []).push({ what, attribute, isHolder });
  for (const name of PRINCIPAL_KINDS) {
    const kind = KINDS[name];
    if (kind.calledBy !== "name") continue;
    add(kind.type, name, "name", true);
    for (const [type, attribute] of Object.entries({ ...kind.parts, ...kind.credentials }))
      add(type, name, attribute, false);
  }
  add("aws_iam_policy", "policy", "name", true);
  add("aws_iam_instance_profile", "instance profile", "name", true);
  add("aws_iam_saml_provider", "SAML provider", "name", true);
  add("aws_iam_openid_connect_provider", "OIDC provider", "url", true);
  add("aws_s3_bucket", "bucket", "bucket", true);
  return byType;
}

interface Use {
  readonly timeline: Timeline;
  readonly naming: Naming;
}

interface SharedName {
  /** What the name is of, such as "role". */
  readonly what: string;
  readonly name: string;
  readonly involved: readonly Timeline[];
}

/**
 * Names in several plans or provider configurations that may work in one account or in several: the
 * change of access depends on whether they are one object. The same for an object that one resource
 * gives up and another creates, if the account of only one of them is known.
 */
export const unknownAccounts = handlerOf<SharedName, readonly (Attributes | null)[], true>({
  name: "unknown-accounts",
  itemsIn: sharedNamesIn,
  normalise: ({ involved }, snapshot) => involved.map(({ at }) => at[snapshot] ?? null),
  dataOf: (attributes) => attributes,
  compare: () => true,
  describe: (_, { item: { what, name, involved } }) => ({
    stack: involved[0]?.stack ?? "",
    aspect: aspectOf(involved[0]?.type ?? ""),
    subject: name,
    addresses: involved.map(({ address }) => address),
    relation: "unknown",
    sentences: [],
    reasons: [
      [
        `the account of these resources is not known, so they may or may not be one ${what}: `,
        ...joinPhrases(involved.map(describeResource), "; "),
      ],
    ],
  }),
  describeDrift: () => [],
});

function sharedNamesIn(
  step: Step,
  { timelines }: PlanContext,
  reported: readonly AccessChange[],
): readonly SharedName[] {
  // Unchanged resources change no access, and most plans have a known account.
  const touched = new Set(
    timelines.filter((one) => isTouched(one, step)).flatMap((one) => usesIn(one).map(({ key }) => key)),
  );
  if (touched.size === 0) return [];
  const uses: (Use & { readonly key: string })[] = [];
  for (const timeline of timelines)
    for (const { key, naming } of usesIn(timeline))
      if (touched.has(key)) uses.push({ key, naming, timeline });
  return [...groupBy(uses, ({ key }) => key)].flatMap(([key, own]) => sharedNameIn(key, own, step, reported));
}

function usesIn(timeline: Timeline): readonly { readonly key: string; readonly naming: Naming }[] {
  const namings = NAMINGS.get(timeline.type);
  if (namings === undefined) return [];
  const { recorded, current, planned } = timeline.at;
  const distinct = recorded === current && current === planned ? [current] : [recorded, current, planned];
  return namings.flatMap((naming) => {
    const names = distinct.flatMap((attributes) => namesIn(attributes, naming.attribute));
    return [...new Set(names)].map((name) => ({ key: `${naming.what} ${name}`, naming }));
  });
}

function namesIn(attributes: Attributes | undefined, attribute: string): readonly string[] {
  const name = textAt(attributes, attribute);
  return name === undefined ? (textsAt(attributes, attribute) ?? []) : [name];
}

function sharedNameIn(
  key: string,
  uses: readonly Use[],
  step: Step,
  reported: readonly AccessChange[],
): readonly SharedName[] {
  const [first] = uses;
  if (first === undefined) return [];
  const { what } = first.naming;
  const name = key.slice(what.length + 1);
  // Names of buckets are unique everywhere: only whose a bucket is can be in question.
  const concerned = what === "bucket" ? handedOver(uses, name, step) : uses.map(({ timeline }) => timeline);
  const accountKeys = new Set(concerned.map(accountKeyOf));
  const isOpen = accountKeys.size > 1 && [...accountKeys].some((accountKey) => !isKnownAccount(accountKey));
  const handed = handedOver(uses, name, step);
  const isHalfKnown = handed.length > 0 && !isCertain(handed);
  if (!isOpen && !isHalfKnown) return [];
  const involved = [...new Set(isOpen ? concerned : handed)].sort(inOrder);
  if (
    involved.every(({ configuration }) => configuration === undefined) &&
    isReported(name, involved, reported)
  )
    return [];
  return [{ what, name, involved }];
}

/** Whether a reported change already fails the same gates: then the assumption hides nothing. */
function isReported(name: string, involved: readonly Timeline[], reported: readonly AccessChange[]): boolean {
  const addresses = new Set(involved.map(({ address }) => address));
  return reported.some(
    (change) =>
      change.subject === name &&
      change.addresses.some((one) => addresses.has(one)) &&
      (change.relation === "unknown" || change.sentences.some(({ effect }) => effect === "gained")),
  );
}

/** Resources that are the object before or after, where one gives it up and another makes it. */
function handedOver(uses: readonly Use[], name: string, { from, to }: Step): readonly Timeline[] {
  const holders = uses.filter(({ naming }) => naming.isHolder);
  const isAt = ({ timeline, naming }: Use, snapshot: Step["from"]) =>
    namesIn(timeline.at[snapshot], naming.attribute).includes(name);
  const givers = holders.filter((one) => isAt(one, from) && !isAt(one, to));
  const takers = holders.filter((one) => isAt(one, to) && !isAt(one, from));
  return givers.length === 0 || takers.length === 0
    ? []
    : [...givers, ...takers].map(({ timeline }) => timeline);
}

/**
 * All are said to be in some account, or of none it is said, or they are of one provider
 * configuration of one plan: it reads the object that goes before the plan is made, so that it
 * works in that object's account.
 */
function isCertain(timelines: readonly Timeline[]): boolean {
  const isSaid = ({ account, isInferred }: Timeline) => account !== undefined && !isInferred;
  const [first] = timelines;
  const isOfOneProvider = timelines.every(
    ({ stack, provider }) => provider !== undefined && provider === first?.provider && stack === first.stack,
  );
  return timelines.every(isSaid) || !timelines.some(isSaid) || isOfOneProvider;
}

function describeResource({ stack, address, account, configuration }: Timeline): Phrase {
  const where: Phrase =
    account !== undefined
      ? [", account ", quoted(account)]
      : configuration === undefined || configuration === ""
        ? []
        : [", provider ", quoted(configuration)];
  return [quoted(address), " in ", quoted(stack), ...where];
}
