import { describeMoment } from "../../describe/moment";
import { type Phrase, quoted } from "../../describe/phrase";
import type { ReportCommit, Since } from "../model/since";

/** Characters of a commit's hash that are shown. */
const SHOWN = 12;

/** Since when, such as: 12 March 2026 (`3f9c2a1b04de` by `Ann`, `#12`). */
export function describeSince(since: Since): Phrase {
  switch (since.kind) {
    case "commit":
      return describeCommit(since.commit);
    case "at-least":
      return ["at least ", ...describeCommit(since.commit), ", where the shallow history begins"];
    case "not-determined-before": {
      const { commit, unreadable, why } = since;
      const known = commit === undefined ? ["the file in the work tree"] : describeCommit(commit);
      const version = quoted(shortHash(unreadable.hash));
      return [
        ...["not determined before ", ...known, ": the file of ", version],
        ...[" cannot be read (", quoted(why), ")"],
      ];
    }
    case "not-committed":
      return ["not committed"];
    case "not-examined":
      return ["not examined"];
  }
}

/** Such as: 12 March 2026 (`3f9c2a1b04de` by `Ann`, `#12`). The day is that of UTC. */
export function describeCommit({ hash, date, author, pullRequest }: ReportCommit): Phrase {
  const day = describeMoment(`${date.slice(0, 10)}T00:00:00Z`);
  const number: Phrase = pullRequest === undefined ? [] : [", ", quoted(pullRequest)];
  return [day, " (", quoted(shortHash(hash)), " by ", quoted(author), ...number, ")"];
}

/** As it is shown. */
export function shortHash(hash: string): string {
  return hash.slice(0, SHOWN);
}
