import { stableId } from "../../collections/stable-id";
import { joinPhrases, type Phrase, quoted } from "../../describe/phrase";
import { isJsonObject } from "../../iam/language/json";
import { ACTION_WORDS } from "../../plan/action-words";
import { isEqual } from "../../plan/equal";
import type { NotExamined } from "../../plan/not-examined";
import type { PlanJson, PlannedChange, PlannedResource } from "../../plan/plan-json";
import { provisionersIn } from "../../plan/provisioners";
import type { Changed, ChangedResource, ReadSettings, Source } from "../../plan/resources";
import { hasMark, isFolder, markAt } from "../../plan/sensitive/marks";
import type { Mask } from "../../plan/sensitive/masking";
import type { AccessFacts } from "../model/facts";
import { coverageOf } from "./coverage";
import { SIDE_EFFECTS } from "./side-effects";
import { hasOtherTags, isPrincipal } from "./tag-changes";

/**
 * What a plan touches, and no comparison looks at, by address: resources that are not examined,
 * arguments of examined ones that nobody compares, provisioners, and data that do something when
 * they are read.
 * @param changed what the plan does, what drifted and what is deferred
 */
export function notExaminedIn(
  plan: PlanJson,
  changed: Changed,
  settings: ReadSettings,
): readonly NotExamined[] {
  const sources: readonly Source[] = ["plan", "drift", "deferred"];
  const found = sources.flatMap((source) =>
    changed[source].flatMap((one) =>
      [
        ...typeReasons(one, source),
        ...principalTags(one, source),
        ...provisionerReasons(plan, one, source),
      ].map((open) => entryOf(one, source, open, settings)),
    ),
  );
  return [...found, ...openedIn(plan, settings)];
}

/** One thing that nobody examines. */
interface Open {
  readonly what: NotExamined["what"];
  readonly reason: Phrase;
}

/**
 * Resources whose tags change and that are told for nothing else: they matter where a policy of the
 * plans asks for tags.
 * @param changed what the plan does, what drifted and what is deferred
 */
export function taggedIn(changed: Changed, settings: ReadSettings): readonly NotExamined[] {
  const sources = ["plan", "drift"] as const;
  return sources.flatMap((source) =>
    changed[source].flatMap((one) =>
      one.resource.mode === "managed" && hasOtherTags(one.resource.change) && !isPrincipal(one.resource.type)
        ? [entryOf(one, source, { what: "tags", reason: TAGS_ASKED_FOR }, settings)]
        : [],
    ),
  );
}

const TAGS_ASKED_FOR: Phrase = [quoted("tags"), ", which conditions of policies in these plans use"];

function principalTags({ resource }: ChangedResource, source: Source): readonly Open[] {
  const { mode, type, change } = resource;
  if (mode !== "managed" || source === "deferred" || !isPrincipal(type) || !hasOtherTags(change)) return [];
  return [
    { what: "tags", reason: [quoted("tags"), ", which policies can use in conditions (aws:PrincipalTag)"] },
  ];
}

/** Actions after which everything is in AWS as it was. */
const NOTHING_DONE: ReadonlySet<string> = new Set(["none", "move", "import", "forget"]);

function typeReasons({ resource, change }: ChangedResource, source: Source): readonly Open[] {
  const { mode, type, provider_name: provider } = resource;
  if (mode !== "managed") {
    const why = SIDE_EFFECTS.get(type);
    return why === undefined ? [] : [{ what: "read", reason: [why] }];
  }
  if (source !== "deferred" && NOTHING_DONE.has(change.action)) return [];
  const coverage = coverageOf(type, provider);
  if (coverage.verdict === "no-access") return [];
  if (coverage.verdict === "examined")
    return differing(coverage.besides, resource, source).map((reason) => ({ what: "arguments", reason }));
  const why: Phrase = [coverage.why ?? "unknown resource type"];
  if (coverage.by === undefined) return [{ what: "type", reason: why }];
  return differing(coverage.by, resource, source).map((paths) => ({
    what: "arguments",
    reason: [...paths, "; ", ...why],
  }));
}

/** The arguments of these that the plan changes, as one phrase. */
function differing(paths: readonly string[], { change }: PlannedResource, source: Source): readonly Phrase[] {
  const names = source === "deferred" ? paths : paths.filter((path) => differs(path.split("."), change));
  return names.length === 0
    ? []
    : [
        joinPhrases(
          names.map((name) => [quoted(name)]),
          ", ",
        ),
      ];
}

function differs(path: readonly string[], { before, after, after_unknown: unknown }: PlannedChange): boolean {
  if (isUnknownAt(unknown, path)) return true;
  return !isEqual(valuesAt(before, path), valuesAt(after, path));
}

/** All values at a path, through lists; what is empty is not there. */
function valuesAt(value: unknown, path: readonly string[]): readonly unknown[] {
  if (value === null || value === undefined || value === "") return [];
  if (Array.isArray(value)) return value.flatMap((one: unknown) => valuesAt(one, path));
  const [first, ...rest] = path;
  if (first === undefined) return [value];
  return isJsonObject(value) && Object.hasOwn(value, first) ? valuesAt(value[first], rest) : [];
}

function isUnknownAt(marks: unknown, path: readonly string[]): boolean {
  if (marks === true) return true;
  if (Array.isArray(marks)) return marks.some((one: unknown) => isUnknownAt(one, path));
  const [first, ...rest] = path;
  if (first === undefined) return hasMark(marks);
  return isFolder(marks) && isUnknownAt(markAt(marks, first), rest);
}

/**
 * Provisioners run when a resource is created, or before it is destroyed ("Provisioners"); which, a
 * plan does not tell.
 */
const PROVISIONED: ReadonlySet<string> = new Set(["create", "replace", "import-and-replace", "destroy"]);

function provisionerReasons(
  plan: PlanJson,
  { resource, change }: ChangedResource,
  source: Source,
): readonly Open[] {
  const mayRun = source === "deferred" || (source === "plan" && PROVISIONED.has(change.action));
  if (!mayRun || resource.mode !== "managed") return [];
  const types = provisionersIn(plan, resource.address);
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
  { resource, change }: ChangedResource,
  source: Source,
  { what, reason }: Open,
  { stack, mask }: ReadSettings,
): NotExamined {
  const does: Phrase =
    source === "drift"
      ? ["changed outside of Terraform"]
      : source === "deferred"
        ? ["deferred to a later plan"]
        : [ACTION_WORDS[change.action]];
  return {
    // All that the change consists of is in its own id.
    id: stableId("not-examined", [stack, source, what, change.id]),
    stack,
    address: change.address,
    type: mask(resource.type),
    what,
    source,
    reason: [
      ...does,
      ": ",
      ...reason.map((part) => (typeof part === "string" ? part : quoted(mask(part.quoted)))),
    ],
  };
}

/** Ephemeral resources that do something when they are opened (OpenTofu lists them). */
function openedIn(
  { resource_changes: resources }: PlanJson,
  { stack, mask }: ReadSettings,
): readonly NotExamined[] {
  return resources.flatMap(({ mode, type, address, change }): readonly NotExamined[] => {
    if (mode !== "ephemeral" || change.actions.join() === "no-op") return [];
    const why = SIDE_EFFECTS.get(type);
    if (why === undefined) return [];
    const id = stableId("not-examined", [stack, "plan", mask(address)]);
    return [
      { id, stack, address: mask(address), type, what: "read", source: "plan", reason: ["open: ", why] },
    ];
  });
}

/** Where a plan contradicts itself, without secrets. */
export function contradictionsIn(
  { contradictions = [] }: PlanJson,
  mask: Mask,
): AccessFacts["contradictions"] {
  return contradictions.map(({ address, why }) => ({ address: mask(address), why }));
}
