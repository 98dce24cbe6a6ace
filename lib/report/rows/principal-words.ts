import { joinPhrases, type Phrase, quoted } from "../../describe/phrase";
import type { AccessChange, AccessSentence } from "../../diff/model/access-change";
import { factsOf, type RowWords, undeterminedOf } from "./fact-words";
import type { Lifecycle } from "./lifecycle";
import { riskFactIn } from "./risk-words";
import { extentOf, fromWords, whoAndFrom, withEffect, withPeople } from "./sentence-words";

/** A principal that is created, deleted or replaced, with all that changes by it. */
export function ofPrincipal(lifecycle: Lifecycle, changes: readonly AccessChange[]): RowWords {
  const { noun, kind, resource } = lifecycle;
  const names = [...new Set(changes.map(({ subject }) => subject))].map((name) => nameOf(noun, name));
  const gained = withEffect("gained", changes);
  const lost = withEffect("lost", changes);
  const people = whoAndFrom(kind === "deleted" ? lost : gained);
  const [name = [quoted(resource.address)]] = names;
  const unknown = changes.flatMap(undeterminedOf);
  if (kind === "created") {
    const fact = riskFactIn(changes);
    const short: Phrase = [`new ${noun} `, ...name, fact?.apposition ?? ""];
    const extent = extentOf(withEffect("gained", changes.filter(isOfPermissions)));
    const whole: Phrase =
      extent === undefined || people.who.length === 0
        ? []
        : [...short, ": ", ...people.who, ...fromWords(people.from), "; can perform ", ...extent];
    const what = [
      ...(fact === undefined ? [] : [fact.long]),
      ...(extent === undefined || fact?.isEverything === true ? [] : [["can perform ", ...extent]]),
      ...unknown,
    ];
    return {
      ...people,
      what: [`new ${noun} `, ...name, ...(what.length === 0 ? [] : [": ", ...joinPhrases(what, "; ")])],
      headlines: [
        ...(whole.length === 0 ||
        fact !== undefined ||
        gained.some(({ conditions }) => conditions !== undefined)
          ? []
          : [whole]),
        ...withPeople(short, people),
      ],
    };
  }
  if (kind === "deleted") {
    const short: Phrase = [`${noun} `, ...name, " is deleted"];
    const facts = factsOf(gained, name, " can now perform ");
    return {
      ...people,
      what: joinPhrases([short, ...facts, ...unknown], "; "),
      headlines: withPeople(short, people),
    };
  }
  return replaced(lifecycle, changes, unknown);
}

/**
 * What is lost with a deleted role even if a new one has its name: AWS keeps a role that a policy
 * names as its unique id (IAM User Guide, "Principal", role principals), and a session is of the
 * deleted role.
 */
const LOST_WITH_IT: Readonly<Record<string, string>> = {
  role: "its sessions end, and policies that name it by ARN do not match the new role until they are saved again",
  user: "its access keys and passwords end, and policies that name it by ARN do not match the new user until they are saved again",
};

function replaced(
  { noun, resource }: Lifecycle,
  changes: readonly AccessChange[],
  unknown: readonly Phrase[],
): RowWords {
  const gained = withEffect("gained", changes);
  const lost = withEffect("lost", changes);
  const oldName = subjectWith("lost", changes);
  const newName = subjectWith("gained", changes);
  const name = oldName ?? newName;
  const isRenamed = oldName !== undefined && newName !== undefined && oldName !== newName;
  const short: Phrase = [
    `${noun} `,
    quoted(name ?? resource.address),
    " is deleted and created anew",
    ...(isRenamed ? [" as ", quoted(newName)] : []),
  ];
  const callers = isRenamed ? ["callers must use the new name"] : [];
  const losses = [LOST_WITH_IT[noun] ?? "", ...callers].filter((text) => text !== "");
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
        ...(risk === undefined ? [] : [["it ", ...risk.long]]),
        ...(can === undefined || risk?.isEverything === true ? [] : [["it can perform ", ...can]]),
        ...(cannot === undefined ? [] : [["no longer ", ...cannot]]),
        ...unknown,
      ],
      "; ",
    ),
    headlines: withPeople(short, people),
  };
}

/** Who may assume a role is not what the role can do. */
function isOfPermissions({ aspect }: AccessChange): boolean {
  return aspect === "permissions";
}

function subjectWith(effect: AccessSentence["effect"], changes: readonly AccessChange[]): string | undefined {
  return changes.find(({ sentences }) => sentences.some((one) => one.effect === effect))?.subject;
}

/** Without the kind that stands before it already: `eve` of user `eve`. */
function nameOf(noun: string, subject: string): Phrase {
  return [quoted(subject.startsWith(`${noun} `) ? subject.slice(noun.length + 1) : subject)];
}
