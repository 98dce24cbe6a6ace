import { z } from "zod";
import { momentPattern, momentRule } from "../rules/moment";
import { everyoneInListRule } from "../rules/names";
import { reasonPattern, reasonRule } from "../rules/reason";
import { addViolation, list, strictMap, text } from "./schema-parts";

const wanted = "a day such as 2026-12-31, or a time with its zone";

function moment(description: string) {
  return text(momentRule, wanted, {
    description,
    pattern: momentPattern,
    examples: ["2026-12-31", "2026-12-31T18:00Z"],
  });
}

/** `from` and `until`, for a key in whatever they stand. @param what the grant that they bound */
export function periodKeys(what: string) {
  return {
    from: moment(
      `The first moment of ${what}: a day from its start in UTC, or a time with its zone. Default: no start.`,
    ).optional(),
    until: moment(
      `The end of ${what}: the day's last moment in UTC, or a time with its zone. AWS denies every later request for credentials; sessions that were opened before live until their own end. Default: no end.`,
    ).optional(),
  };
}

/** What an entry of a list may say besides the name. */
const memberShape = {
  ...periodKeys("this entry"),
  reason: text(reasonRule, "text", {
    description: "Why the entry exists, such as the number of an incident. It has no effect.",
    pattern: reasonPattern,
  }).optional(),
};

/**
 * A list of names; an entry with a period is a map with one key, the name: `{ bob: { until:
 * 2026-12-31 } }`.
 */
export function memberList(name: string, allowed: string) {
  const one = text(everyoneInListRule, name, { description: `${capital(name)}.` });
  const dated = z
    .record(z.string(), strictMap(memberShape, `what holds for ${name}`), { error: name })
    .superRefine((entry, context) => {
      const names = Object.keys(entry);
      if (names.includes("everyone")) addViolation(context, everyoneInListRule("everyone"));
      if (names.length === 1) return;
      addViolation(context, {
        code: "several-names-in-entry",
        message: "an entry of the list has one name",
        found: names.length === 0 ? "{}" : names.join(", "),
        allowed: "{ bob: { until: 2026-12-31 } }",
        fix: "write one entry for each name, with from, until and reason below the name",
      });
    })
    .meta({
      description: `${capital(name)}, with a period: \`{ bob: { until: 2026-12-31 } }\`.`,
      minProperties: 1,
      maxProperties: 1,
    });
  return list(z.union([one, dated], { error: `${name}, or { name: { until: 2026-12-31 } }` }), allowed);
}

/** The people of a group: a list, or a map with the list and a period for all of them. */
export const groupSchema = z
  .union(
    [
      memberList("a name from `people`", "a list of names from `people`, such as [alice]"),
      strictMap(
        {
          people: memberList("a name from `people`", "a list of names from `people`, such as [alice]").meta({
            description: "The people of the group.",
          }),
          ...periodKeys("the group"),
        },
        "a group",
      ),
    ],
    { error: "a list of names from `people`, such as [alice]; or a map with people, from and until" },
  )
  .meta({ description: "The people of the group: a list, or a map with the list and a period." });

function capital(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
