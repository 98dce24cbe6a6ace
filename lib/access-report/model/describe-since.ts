import type { Language } from "../../describe/language";
import { describeMoment } from "../../describe/moment";
import { type Phrase, quoted } from "../../describe/phrase";
import type { ReportCommit, Since } from "./since";

/** Characters of a commit's hash that are shown. */
const SHOWN = 12;

export function shortHash(hash: string): string {
  return hash.slice(0, SHOWN);
}

/** Since when, such as: 12 March 2026 (`3f9c2a1b04de` by `Ann`, `#12`). */
export function describeSince(since: Since, language: Language = "en"): Phrase {
  const isJapanese = language === "ja";
  switch (since.kind) {
    case "commit":
      return describeCommit(since.commit, language);
    case "at-least": {
      const commit = describeCommit(since.commit, language);
      return isJapanese
        ? [...commit, " 以前（履歴がここで途切れています）"]
        : ["at least ", ...commit, ", where the shallow history begins"];
    }
    case "not-determined-before": {
      const { unreadable, why } = since;
      const commit =
        since.commit === undefined
          ? [isJapanese ? "未コミットのファイル" : "the file in the work tree"]
          : describeCommit(since.commit, language);
      const version = quoted(shortHash(unreadable.hash));
      return isJapanese
        ? [...commit, " より前は不明（", version, " の access.yaml を読めません: ", quoted(why), "）"]
        : [
            "not determined before ",
            ...commit,
            ": the file of ",
            version,
            " cannot be read (",
            quoted(why),
            ")",
          ];
    }
    case "not-committed":
      return [isJapanese ? "未コミット" : "not committed"];
    case "not-examined":
      return [isJapanese ? "未調査" : "not examined"];
  }
}

/** Such as: 12 March 2026 (`3f9c2a1b04de` by `Ann`, `#12`). The day is that of UTC. */
export function describeCommit(commit: ReportCommit, language: Language = "en"): Phrase {
  const { hash, date, author, pullRequest } = commit;
  const day = describeMoment(`${date.slice(0, 10)}T00:00:00Z`, language);
  const number: Phrase =
    pullRequest === undefined ? [] : [language === "ja" ? "、" : ", ", quoted(pullRequest)];
  const short = quoted(shortHash(hash));
  return language === "ja"
    ? [day, "（", short, "、", quoted(author), ...number, "）"]
    : [day, " (", short, " by ", quoted(author), ...number, ")"];
}
