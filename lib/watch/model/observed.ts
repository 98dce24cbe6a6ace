import { stableId } from "../../collections/stable-id";
import type { Observed } from "../../live/compare/observed";
import type { Changed } from "./report";

/** Digests of values by the id of what they are of: the record has no name and no value. */
export type Digests = Readonly<Record<string, string>>;

export function digestsOf(observed: readonly Observed[]): Digests {
  return Object.fromEntries(observed.map(({ what, value }) => [idOf(what), stableId("value", [value])]));
}

/** What has another value than in the last run. @param before undefined: there is none */
export function changedSince(before: Digests | undefined, observed: readonly Observed[]): readonly Changed[] {
  return observed.flatMap(({ what, value }) => {
    const [was, is] = [before?.[idOf(what)], stableId("value", [value])];
    return was === undefined || was === is ? [] : [{ id: stableId("changed", [what, was, is]), what }];
  });
}

function idOf(what: string): string {
  return stableId("observed", [what]);
}
