import { stableId } from "../../collections/stable-id";
import { joinPhrases, type Phrase, quoted } from "../../describe/phrase";
import { ACTION_WORDS } from "../../plan/action-words";
import type { MaskedChange, MaskedPlan } from "../../plan/masked-plan";
import type { NotExamined } from "../../plan/not-examined";
import type { References } from "../../plan/references";
import type { Source } from "../../plan/resources";
import { hasMark, isFolder, markAt } from "../../plan/sensitive/marks";
import { coverageOf } from "./coverage";
import { SIDE_EFFECTS } from "./not-examined";
import { NOTHING_DONE, type Open } from "./open";
import { hasOtherTags, isPrincipal } from "./tag-changes";
import { writeOnly } from "./write-only";

/**
 * What a plan changes and no comparison examines, by address: resources that are not examined,
 * arguments of examined ones that are not compared, provisioners, and data sources with side
 * effects.
 */
export function notExaminedIn(plan: MaskedPlan): readonly NotExamined[] {
  const { changed, references, review } = plan;
  const sources: readonly Source[] = ["plan", "drift", "deferred"];
  const found = sources.flatMap((source) =>
    changed[source].flatMap((one) =>
      [
        ...typeReasons(references, one, source),
        ...principalTags(references, one, source),
        ...provisionerReasons(references, one, source),
        ...writeOnly(references, one, source),
      ].map((open) => entryOf(one, source, open, review.name)),
    ),
  );
  return [...found, ...openedIn(plan), ...unreadIn(plan)];
}

/**
 * Resources whose tags change and that are not listed for another reason: they matter if a policy
 * of the plans uses tags in conditions.
 */
export function taggedIn({ changed, references, review }: MaskedPlan): readonly NotExamined[] {
  const sources = ["plan", "drift"] as const;
  return sources.flatMap((source) =>
    changed[source].flatMap((one) =>
      one.resource.mode === "managed" && hasOtherTags(one, references) && !isPrincipal(one.resource.type)
        ? [entryOf(one, source, { what: "tags", reason: TAGS_ASKED_FOR }, review.name)]
        : [],
    ),
  );
}

const TAGS_ASKED_FOR: Phrase = [quoted("tags"), ", which conditions of policies in these plans use"];

function principalTags(references: References, changed: MaskedChange, source: Source): readonly Open[] {
  const { mode, type } = changed.resource;
  if (mode !== "managed" || source === "deferred" || !isPrincipal(type) || !hasOtherTags(changed, references))
    return [];
  return [
    { what: "tags", reason: [quoted("tags"), ", which policies can use in conditions (aws:PrincipalTag)"] },
  ];
}

function typeReasons(references: References, changed: MaskedChange, source: Source): readonly Open[] {
  const { resource, change } = changed;
  const { mode, type, provider_name: provider } = resource;
  if (mode !== "managed") {
    const why = SIDE_EFFECTS.get(type);
    return why === undefined ? [] : [{ what: "read", reason: [why] }];
  }
  if (source !== "deferred" && NOTHING_DONE.has(change.action)) return [];
  const coverage = coverageOf(type, provider);
  if (coverage.verdict === "no-access") return [];
  if (coverage.verdict === "examined")
    return differing(coverage.besides, references, changed, source).map((reason) => ({
      what: "arguments",
      reason,
    }));
  const why: Phrase = [coverage.why ?? "unknown resource type"];
  if (coverage.by === undefined) return [{ what: "type", reason: why }];
  return differing(coverage.by, references, changed, source).map((paths) => ({
    what: "arguments",
    reason: [...paths, "; ", ...why],
  }));
}

/** The arguments of these that the plan changes, as one phrase. */
function differing(
  paths: readonly string[],
  references: References,
  { resource, change, differs }: MaskedChange,
  source: Source,
): readonly Phrase[] {
  const { after_unknown: unknown } = resource.change;
  // What is not configured of a new resource is the provider's to tell: AWS's default, or what
  // other resources make of it, which are listed themselves.
  const configured = change.action === "create" ? references.configured(resource.address) : undefined;
  const isTold = (path: string): boolean => {
    const [first = ""] = path.split(".", 1);
    return configured?.includes(first) === false && isFolder(unknown) && markAt(unknown, first) === true;
  };
  const names =
    source === "deferred"
      ? paths
      : paths.filter((path) => (isUnknownAt(unknown, path.split(".")) && !isTold(path)) || differs(path));
  return names.length === 0
    ? []
    : [
        joinPhrases(
          names.map((name) => [quoted(name)]),
          ", ",
        ),
      ];
}

function isUnknownAt(marks: unknown, path: readonly string[]): boolean {
  if (marks === true) return true;
  if (Array.isArray(marks)) return marks.some((one: unknown) => isUnknownAt(one, path));
  const [first, ...rest] = path;
  if (first === undefined) return hasMark(marks);
  return isFolder(marks) && isUnknownAt(markAt(marks, first), rest);
}

/**
 * Provisioners run when a resource is created, or before it is destroyed ("Provisioners"). A plan
 * does not contain which of the two.
 */
const PROVISIONED: ReadonlySet<string> = new Set(["create", "replace", "import-and-replace", "destroy"]);

function provisionerReasons(
  references: References,
  { resource, change }: MaskedChange,
  source: Source,
): readonly Open[] {
  const mayRun = source === "deferred" || (source === "plan" && PROVISIONED.has(change.action));
  if (!mayRun || resource.mode !== "managed") return [];
  const types = references.provisionersOf(resource.address);
  if (types.length === 0) return [];
  const names = joinPhrases(
    types.map((one) => [quoted(one)]),
    ", ",
  );
  return [
    { what: "provisioners", reason: ["runs provisioners (", ...names, "); their effect is not in the plan"] },
  ];
}

function entryOf(
  { change, shownType }: MaskedChange,
  source: Source,
  { what, reason }: Open,
  stack: string,
): NotExamined {
  const action: Phrase =
    source === "drift"
      ? ["changed outside of Terraform"]
      : source === "deferred"
        ? ["deferred to a later plan"]
        : [ACTION_WORDS[change.action]];
  return {
    // The id of the change covers everything that the change consists of.
    id: stableId("not-examined", [stack, source, what, change.id]),
    stack,
    address: change.address,
    type: shownType,
    what,
    source,
    reason: [...action, ": ", ...reason],
  };
}

/** Fields of a plan that a newer Terraform has added: what they plan is not known. */
function unreadIn({
  unreadFields,
  review: { name: stack, newerFormat },
}: MaskedPlan): readonly NotExamined[] {
  return unreadFields.map((field) => ({
    id: stableId("not-examined", [stack, "format", field, newerFormat ?? ""]),
    stack,
    address: field,
    type: "",
    what: "format",
    source: "plan",
    reason: ["a field of the plan that this release does not know; its effect is not examined"],
  }));
}

/** Ephemeral resources that have a side effect when they are opened. */
function openedIn({ opened, review: { name: stack } }: MaskedPlan): readonly NotExamined[] {
  return opened.flatMap(({ address, type }): readonly NotExamined[] => {
    const why = SIDE_EFFECTS.get(type);
    if (why === undefined) return [];
    const id = stableId("not-examined", [stack, "plan", address]);
    return [{ id, stack, address, type, what: "read", source: "plan", reason: ["open: ", why] }];
  });
}
