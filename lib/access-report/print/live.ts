import { plainText } from "../../describe/phrase";
import { fromWords } from "../../report/rows/people-words";
import type { DifferenceRow, ReportLive } from "../model/differences";
import { liveFact } from "./difference-words";

/** Where an account differs from the file: the fact, then a difference in two lines each. */
export function liveLines({ account, ...live }: ReportLive): readonly string[] {
  const { rows, withoutEffect, notExamined } = live;
  return [
    `  ${account}: ${liveFact({ account, ...live })}`,
    ...rows.flatMap(rowLines),
    ...withoutEffect.map((address) => `    ${address} differs, but not in access`),
    ...notExamined.map(({ address, reason }) => `    not examined: ${address}: ${plainText(reason)}`),
  ];
}

function rowLines({ risk, what, who, from }: DifferenceRow): readonly string[] {
  const whose = plainText([...who, ...fromWords(from)]).trim();
  return [`    ${risk}: ${plainText(what)}`, ...(whose === "" ? [] : [`      who: ${whose}`])];
}
