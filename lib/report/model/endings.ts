import { z } from "zod";
import type { Access } from "../../config/model/model";
import { describeEndAt, describeEndOf, endedEntries, endingEntries } from "../../describe/dated-entries";
import { type Phrase, plainText, quoted } from "../../describe/phrase";
import type { AccessChange } from "../../diff/model/access-change";
import { phraseSchema } from "../../plan/resource-change";

const text = z.string();

export const endingSchema = z
  .strictObject({
    /** `changed`: access that a change grants or limits. `entry`: an entry of access.yaml. */
    kind: z.enum(["changed", "entry"]),
    end: text.meta({ description: "The first moment after it: ISO 8601 in UTC, to the second." }),
    phrase: phraseSchema.meta({
      description: "Such as: access of `bob` to `website-deploy` ends in 3 days, on 31 December 2026.",
    }),
  })
  .readonly()
  .meta({ id: "Ending" });

export type Ending = z.infer<typeof endingSchema>;

/**
 * What ends, the first end first: access that planned changes grant or limit; and entries of the file
 * that have ended, or end within 14 days.
 * @param file whose entries are reported; undefined: none
 * @param at the clock: ISO 8601 in UTC, to the second
 */
export function endingsOf(
  changes: readonly AccessChange[],
  file: Pick<Access, "dated"> | undefined,
  at: string,
): readonly Ending[] {
  const changed = changes
    .filter(({ source }) => source === "plan")
    .flatMap(({ subject, sentences }) =>
      sentences.flatMap(({ ends = [] }) =>
        ends.map(({ who, end }): Ending => {
          const phrase: Phrase = [
            "access of ",
            ...who,
            " to ",
            quoted(subject),
            ` ${describeEndAt(end, at)}`,
          ];
          return { kind: "changed", end, phrase };
        }),
      ),
    );
  const dated = file === undefined ? [] : [...endedEntries(file, at), ...endingEntries(file, at)];
  const entries = dated.map(
    (entry): Ending => ({ kind: "entry", end: entry.period.end ?? "", phrase: describeEndOf(entry, at) }),
  );
  return [...inOrder(changed), ...inOrder(entries)];
}

/** A sentence for each ref would say the same again. */
function inOrder(endings: readonly Ending[]): readonly Ending[] {
  const distinct = new Map(endings.map((one) => [plainText(one.phrase), one]));
  return [...distinct.values()].sort((one, other) =>
    one.end < other.end ? -1 : one.end > other.end ? 1 : 0,
  );
}
