import type { AccessChange } from "../model/access-change";
import { type Phrase, quoted } from "../model/phrase";
import { NOT_COMPARED } from "./attributes";
import { canonical, changeOf } from "./change";
import type { Attributes, Held } from "./facts";
import type { Timeline } from "./moments";
import { placeIn } from "./roles";
import { isTouched, type Scene, type Step } from "./scene";

/** What lets somebody in and is not compared, such as policies of users and groups: named, and unknown. */
export function notComparedChangesOf(step: Step, { byType }: Scene): readonly AccessChange[] {
  return Object.entries(NOT_COMPARED).flatMap(([type, attributes]) =>
    (byType.get(type) ?? []).flatMap((timeline) => changeIn(timeline, attributes, step)),
  );
}

/** What is attached to roles that nobody can name before apply. */
export function astrayChangesOf(step: Step, { roles }: Scene): readonly AccessChange[] {
  return roles.astray
    .filter((one) => isTouched(one, step))
    .map((timeline) =>
      unknownChange(
        timeline,
        step,
        ["which role it belongs to is known only after apply"],
        placeIn(timeline.stack, timeline.address),
      ),
    );
}

function changeIn(timeline: Timeline, attributes: readonly string[], step: Step): readonly AccessChange[] {
  if (!isTouched(timeline, step)) return [];
  const [before, after] = [timeline.at[step.from], timeline.at[step.to]];
  const differing = attributes.filter((name) => differs(before?.[name], after?.[name]));
  if (differing.length === 0) return [];
  const reason: Phrase = [
    "not compared: ",
    ...differing.flatMap((name, at) => (at === 0 ? [quoted(name)] : [", ", quoted(name)])),
  ];
  return [unknownChange(timeline, step, reason, timeline.address)];
}

function differs(before: Held | undefined, after: Held | undefined): boolean {
  return (after !== undefined && after.kind !== "value") || asData(before) !== asData(after);
}

function unknownChange(timeline: Timeline, step: Step, reason: Phrase, subject: string): AccessChange {
  const { stack, address, account, at } = timeline;
  return changeOf({
    ...{
      stack,
      aspect: "permissions",
      subject,
      addresses: [address],
      source: step.source,
      relation: "unknown",
    },
    ...(account === undefined ? {} : { account }),
    ...{ reason, sentences: [], before: allData(at[step.from]), after: allData(at[step.to]) },
  });
}

function allData(attributes: Attributes | undefined): unknown {
  return attributes === undefined
    ? null
    : Object.keys(attributes)
        .sort()
        .map((name) => [name, asData(attributes[name])]);
}

function asData(held: Held | undefined): string {
  if (held?.kind === "value" && typeof held.value === "string") return canonical(held.value);
  return JSON.stringify(held ?? null);
}
