import { withoutIds } from "../../describe/caller";
import { joinPhrases, type Phrase, quoted } from "../../describe/phrase";
import type { AccessChange, AccessSentence } from "../../diff/model/access-change";
import { conditionsIn, extentOf, inHeadline, withEffect } from "./extent-words";
import { factsOf, type RowWords, shortest, undeterminedOf } from "./fact-words";
import { type Lifecycle, nameIn } from "./lifecycle";
import { fromWords, inForms, isOfForks, type WhoAndFrom, whoAndFrom, withPeople } from "./people-words";
import { type RiskFact, riskFactIn } from "./risk-words";

/** A principal that is created, deleted or replaced, with all that changes by it. */
export function ofPrincipal(lifecycle: Lifecycle, changes: readonly AccessChange[]): RowWords {
  const { noun, kind, resource } = lifecycle;
  const names = [...new Set(changes.map(({ subject }) => subject))].map((name) => ownName(noun, name));
  const gained = withEffect("gained", changes);
  const lost = withEffect("lost", changes);
  const people = whoAndFrom(kind === "deleted" ? lost : gained);
  const [name = [quoted(resource.address)]] = names;
  const unknown = changes.flatMap(undeterminedOf);
  if (kind === "created") return created({ noun, name, changes, gained, people, unknown });
  if (kind === "deleted") {
    const short: Phrase = [`${noun} `, ...name, " is deleted"];
    const facts = factsOf(gained, name, " can now perform ");
    return {
      ...people,
      what: joinPhrases([short, ...facts, ...unknown], "; "),
      headlines: withPeople(short, people).map((one) => withoutIds(one, false)),
    };
  }
  return replaced(lifecycle, changes, unknown);
}

interface Created {
  readonly noun: string;
  readonly name: Phrase;
  readonly changes: readonly AccessChange[];
  readonly gained: readonly AccessSentence[];
  readonly people: WhoAndFrom;
  readonly unknown: readonly Phrase[];
}

/** What a new principal can do beside a risk. */
const MORE_BELOW: Phrase = ["and more, listed below"];

function created({ noun, name, changes, gained, people, unknown }: Created): RowWords {
  const fact = riskFactIn(changes);
  const permissions = withEffect("gained", changes.filter(isOfPermissions));
  const extent = extentOf(permissions);
  const isSaid = extent === undefined || fact?.isEverything === true;
  const risk = fact === undefined ? [] : [fact.longNew];
  const permitted: readonly Phrase[] = isSaid ? [] : [["can perform ", ...extent]];
  const trusts = withEffect("gained", changes.filter(isOfTrust));
  const only = onlyUnder(trusts);
  const what = shortest([
    [...risk, ...permitted, ...only, ...unknown],
    ...(fact === undefined ? [] : [[...risk, ...permitted.map(() => MORE_BELOW), ...only, ...unknown]]),
  ]);
  const ending = inHeadline(trusts);
  const begin: Phrase = [`new ${noun} `, ...name];
  const isExternal = changes.some(
    ({ aspect, risk }) => aspect === "trust" && risk.class === "external-access",
  );
  const can = extentOf(permissions, { withConditions: false });
  const isLine = fact === undefined && can !== undefined && people.who.length > 0 && unknown.length === 0;
  const own = gained.filter(({ actions }) => actions !== undefined);
  return {
    ...people,
    what: [...begin, ...(what.length === 0 ? [] : [": ", ...what])],
    headlines: [
      ...(isLine
        ? [
            [
              ...begin,
              ": ",
              ...(people.pairs === undefined
                ? [...people.who, ...fromWords(people.from)]
                : joinPhrases(people.pairs, "; ")),
              ...ending,
              "; can perform ",
              ...can,
              ...inHeadline(own.filter((one) => !trusts.includes(one))),
            ],
          ]
        : []),
      ...withPeople([...begin, ...(fact?.shortNew ?? [])], people).map((one, at, all) =>
        // The last form names no one who could do it under conditions.
        all.length > 1 && at === all.length - 1 ? one : [...one, ...ending],
      ),
    ].map((one) => withoutIds(one, isExternal)),
  };
}

/**
 * What is lost with a deleted role even if a new one has its name: AWS keeps a role that a policy
 * names as its unique id (IAM User Guide, "Principal", role principals), and a session is of the
 * deleted role.
 */
const LOST_WITH_IT: Readonly<Record<string, string>> = {
  role: "its sessions end, and policies that name it by ARN stop matching until they are saved again",
  user: "its access keys and passwords end, and policies that name it by ARN stop matching until they are saved again",
};

/** Two of one name cannot exist at once (IAM User Guide, "IAM identifiers"). */
const DENIED_MEANWHILE: Readonly<Record<string, string>> = {
  role: "it cannot be assumed until it exists again",
};

function replaced(
  lifecycle: Lifecycle,
  changes: readonly AccessChange[],
  unknown: readonly Phrase[],
): RowWords {
  const { noun, resource } = lifecycle;
  const gained = withEffect("gained", changes);
  const lost = withEffect("lost", changes);
  const oldName = lifecycle.name ?? subjectWith("lost", changes) ?? nameIn(lifecycle, "before");
  const newName = lifecycle.name ?? nameIn(lifecycle, "after") ?? subjectWith("gained", changes);
  const name = oldName ?? newName ?? nameOfImport(noun, resource);
  const isRenamed = oldName !== undefined && newName !== undefined && oldName !== newName;
  const short: Phrase = [
    `${noun} `,
    quoted(name ?? resource.address),
    " is deleted and created anew",
    ...(isRenamed ? [" as ", quoted(newName)] : []),
  ];
  const callers = isRenamed ? "callers must use the new name" : (DENIED_MEANWHILE[noun] ?? "");
  const losses = [LOST_WITH_IT[noun] ?? "", callers].filter((text) => text !== "");
  const permissions = changes.filter(isOfPermissions);
  const can = extentOf(withEffect("gained", permissions));
  const risk = riskFactIn(changes);
  const cannot = isRenamed ? undefined : extentOf(withEffect("lost", permissions));
  const people = whoAndFrom(gained.length > 0 ? gained : lost);
  return {
    ...people,
    what: joinPhrases(
      [
        [...short, ...(losses.length === 0 ? [] : [`: ${losses.join("; ")}`])],
        ...(risk === undefined ? [] : [["it ", ...risk.longNew]]),
        ...(can === undefined || risk?.isEverything === true ? [] : [["it can perform ", ...can]]),
        ...(cannot === undefined ? [] : [["no longer ", ...cannot]]),
        ...unknown,
      ],
      "; ",
    ),
    headlines: [
      ...riskLines(noun, newName ?? name ?? resource.address, changes, risk, people),
      ...inForms([...(noun === "role" ? [[...short, " (its sessions end)"]] : []), short], people).map(
        (one) => withoutIds(one, false),
      ),
    ],
  };
}

/** What a replaced principal newly risks comes before that it is replaced. */
function riskLines(
  noun: string,
  name: string,
  changes: readonly AccessChange[],
  risk: RiskFact | undefined,
  people: WhoAndFrom,
): readonly Phrase[] {
  const own: Phrase = [`${noun} `, quoted(name)];
  const isExternal = changes.some(
    ({ aspect, risk: { class: external, effect } }) =>
      aspect === "trust" && effect === "gained" && external === "external-access",
  );
  if (risk !== undefined)
    return withPeople([...own, ...risk.shortNew, ", created anew"], people).map((one) =>
      withoutIds(one, isExternal),
    );
  if (!isExternal) return [];
  const forks = isOfForks(people) ? [", also from forks"] : [];
  return [
    ...[people.who, people.lead].map((who) =>
      withoutIds([...who, " can now assume ", quoted(name), ...forks], true),
    ),
    ["external access to ", ...own],
  ];
}

function isOfTrust({ aspect }: AccessChange): boolean {
  return aspect === "trust";
}

/** Conditions that each who may assume a role has to meet. Empty: some need not meet any. */
function onlyUnder(trusts: readonly AccessSentence[]): readonly Phrase[] {
  if (trusts.length === 0 || !trusts.every(({ conditions }) => conditions !== undefined)) return [];
  return [["can be assumed only", ...conditionsIn(trusts)]];
}

/** Who may assume a role is not what the role can do. */
function isOfPermissions({ aspect }: AccessChange): boolean {
  return aspect === "permissions";
}

/** The import ID of a role is its name (Terraform Registry, `aws_iam_role`, Import). */
function nameOfImport(noun: string, { importId }: Lifecycle["resource"]): string | undefined {
  return noun === "role" || noun === "user" || noun === "group" ? importId : undefined;
}

function subjectWith(effect: AccessSentence["effect"], changes: readonly AccessChange[]): string | undefined {
  return changes.find(({ sentences }) => sentences.some((one) => one.effect === effect))?.subject;
}

/** Without the kind that stands before it already: `eve` of user `eve`. */
function ownName(noun: string, subject: string): Phrase {
  return [quoted(subject.startsWith(`${noun} `) ? subject.slice(noun.length + 1) : subject)];
}
