import { listPhrases } from "../../describe/list";
import { type Phrase, quoted } from "../../describe/phrase";
import type { AccessReport } from "../model/report";
import { shortHash } from "./describe-since";

/** What the report does not answer, and why: only what was examined may be relied on. */
export interface NotExamined {
  /** For programs. */
  readonly what:
    | "history"
    | "shallow-history"
    | "unreadable-version"
    | "not-committed"
    | "unknown-policies"
    | "hand-written-periods"
    | "last-used"
    | "records"
    | "outside"
    | "refused-calls"
    | "other-policies"
    | "sessions";
  /** Files, roles or accounts that it concerns. Empty: all. */
  readonly names: readonly string[];
  readonly phrase: Phrase;
}

/** Everything that was not examined, in a fixed order; the last two hold for every report. */
export function notExaminedIn(report: AccessReport): readonly NotExamined[] {
  const { history, roles, usage, outside, accounts } = report;
  const say = (what: NotExamined["what"], words: string, names: readonly string[] = []): NotExamined => ({
    what,
    names,
    phrase: [words, ...(names.length === 0 ? [] : [": ", ...list(names)])],
  });
  const unknown = roles.filter(({ permissions }) => permissions.unknown.length > 0).map(({ key }) => key);
  const handWritten = roles.filter(({ who }) => who.kind === "hand-written").map(({ key }) => key);
  const refused = (outside ?? []).filter((one) => one.refused.length > 0).map(({ account }) => account);
  const asked = new Set(outside?.map(({ account }) => account));
  const notAsked = accounts.map(({ key }) => key).filter((key) => !asked.has(key));
  const unreadable = unreadableVersions(report);
  return [
    ...(history.kind === "not-examined" ? [say("history", NO_HISTORY[history.why])] : []),
    ...(history.kind === "examined" && history.isShallow ? [say("shallow-history", WORDS.shallow)] : []),
    ...(unreadable.length === 0 ? [] : [say("unreadable-version", WORDS.unreadable, unreadable)]),
    ...(history.kind === "examined" && history.notCommitted.length > 0
      ? [say("not-committed", WORDS.notCommitted, history.notCommitted)]
      : []),
    ...(unknown.length === 0 ? [] : [say("unknown-policies", WORDS.unknown, unknown)]),
    ...(handWritten.length === 0 ? [] : [say("hand-written-periods", WORDS.handWritten, handWritten)]),
    ...(usage === undefined ? [say("last-used", WORDS.lastUsed)] : []),
    ...((usage?.notRead.length ?? 0) > 0 ? [say("records", WORDS.records, usage?.notRead)] : []),
    ...(notAsked.length === 0 ? [] : [say("outside", WORDS.outside, notAsked)]),
    ...(refused.length === 0 ? [] : [say("refused-calls", WORDS.refused, refused)]),
    say("other-policies", WORDS.otherPolicies),
    say("sessions", WORDS.sessions),
  ];
}

/** The commits whose versions of access.yaml end what is known, sorted. */
function unreadableVersions({ roles }: AccessReport): readonly string[] {
  const all = roles.flatMap(({ since, permissions, access }) => [
    since,
    permissions.since,
    ...access.map((one) => one.since),
  ]);
  const hashes = all.flatMap((since) =>
    since.kind === "not-determined-before" ? [shortHash(since.unreadable.hash)] : [],
  );
  return [...new Set(hashes)].sort();
}

/** More names than these are counted. */
const SHOWN = 8;

function list(names: readonly string[]): Phrase {
  return listPhrases(
    names.map((name) => [quoted(name)]),
    { most: SHOWN },
  );
}

const NO_HISTORY = {
  "no-repository": "Since when: access.yaml is not in a git repository",
  "no-commit": "Since when: the repository has no commit",
  "no-git": "Since when: git cannot be started",
} as const;

const WORDS = {
  shallow: "Commits before the beginning of the shallow history (git fetch --unshallow)",
  unreadable:
    "Since when, before the versions of access.yaml that cannot be read, of these commits and all before them",
  notCommitted: "Whether these files are ever deployed as they are: they differ from the commit",
  unknown: "Managed policies with unknown contents, which may allow more, of these roles",
  handWritten: "Times and other conditions in hand-written trust policies of these roles",
  lastUsed: "When access was last used: no CloudTrail records were read",
  records: "CloudTrail records that could not be read",
  outside:
    "What these accounts have besides this file, and whether their roles are as the file says (AWS was not asked)",
  refused: "Parts of these accounts: AWS refused calls",
  otherPolicies:
    "Policies of resources and organizations (bucket policies, key policies, SCPs), which can allow or deny more",
  sessions: "Sessions that were opened before an access ended: they last until their own end",
} as const;
