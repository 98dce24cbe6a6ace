import { either, sequence } from "../../automata/fragments";
import { anyRun } from "../../automata/patterns";
import { upToFirst } from "../../automata/up-to-first";
import type { Condition } from "../../language/policy";
import { isLiteral } from "../../language/policy";
import { findAllowed, type TokenAnswer } from "../../prove/tokens/find-allowed";
import { gitRefName } from "../../prove/tokens/git-ref";
import { readKey } from "../../prove/tokens/provider";
import { SOME_AUDIENCE, SOME_PROJECT, usualSubjects, uuid } from "../../prove/tokens/subjects";
import { organizationIn, type Subject } from "../core/context";
import { type Finding, finding } from "../core/finding";
import { idsNamedIn } from "../core/names-circleci";
import { fragmentOf, readByFields } from "../core/subject-fields";
import { placeholderMessage, placeholdersIn } from "../ineffective/placeholders";
import { isIssued, unissuedMessage } from "../ineffective/subjects";
import { knownAnswer } from "./undetermined";

/** A job on a branch, as CircleCI writes it: what follows the first `/vcs-ref/` is a branch. */
const PUSHED_BRANCH = sequence(upToFirst("/vcs-ref/"), "refs/heads/", gitRefName);

type Ask = (wanted: Parameters<typeof findAllowed>[2]) => TokenAnswer;

function asking({ policy, provider }: Subject): Ask {
  return (wanted) => knownAnswer(findAllowed(policy, provider, wanted));
}

/** The positive conditions of the Allow statements on the subject. */
function wantedConditions({ allows, provider }: Subject): readonly Condition[] {
  return allows.flatMap(({ conditions }) =>
    conditions.filter(
      ({ key, operator }) =>
        readKey(key, provider) === "subject" && operator.base.startsWith("String") && !operator.negated,
    ),
  );
}

/** Patterns with a wildcard that matches more than one field of the subject. */
export function wildcardsPastFields(subject: Subject): readonly Finding[] {
  const ask = asking(subject);
  return wantedConditions(subject).flatMap(({ values }) =>
    values.flatMap((value) => {
      const like = fragmentOf(value);
      if (like === undefined || isLiteral(value)) return [];
      for (const unlike of readByFields(value)) {
        const readable = ask({ like: [like, usualSubjects(organizationIn(subject)), PUSHED_BRANCH], unlike });
        const found = readable.result === "found" ? readable : ask({ like: [like], unlike });
        if (found.result !== "found") continue;
        const message =
          "a wildcard matches past its field: a branch with a name like this one is allowed, regardless of the origin and ref in the pattern";
        return [finding("wildcard-past-field", value.path, message, found.counterexample)];
      }
      return [];
    }),
  );
}

/** Projects that the policy does not name, and the organization's audit logs. */
export function otherProjects(subject: Subject): readonly Finding[] {
  const organization = organizationIn(subject);
  if (organization === undefined) return [];
  const ask = asking(subject);
  const named = idsNamedIn(subject.policy).filter((id) => id !== organization);
  const anyJob = sequence("org/", organization, "/project/", uuid(SOME_PROJECT), "/user/", anyRun);
  const namedJobs = named.map((id) => sequence("org/", organization, "/project/", id, "/user/", anyRun));
  const found = ask({ like: [anyJob], ...(namedJobs.length === 0 ? {} : { unlike: either(...namedJobs) }) });
  const auditLogs = ask({ like: [sequence("org/", organization, "/file-streaming/audit-logs")] });
  return [
    ...(found.result === "found" ? projectFindings(subject, found) : []),
    ...(auditLogs.result === "found"
      ? [
          finding(
            "audit-log-subject",
            "",
            "the subject of audit log streaming is allowed, which no job has",
            auditLogs.counterexample,
          ),
        ]
      : []),
  ];
}

function projectFindings(
  { context }: Subject,
  { counterexample }: Extract<TokenAnswer, { result: "found" }>,
): readonly Finding[] {
  const message =
    "jobs of projects that it does not name are allowed: every project of the organization, including new ones";
  const withAdmin =
    "jobs of any project are allowed, and the role has administrator access or can grant it to itself";
  return [
    finding("project-wildcard", "", message, counterexample),
    ...(context.isAdmin?.() === true
      ? [finding("project-wildcard-with-admin", "", withAdmin, counterexample)]
      : []),
  ];
}

export function audiences(subject: Subject): readonly Finding[] {
  const ask = asking(subject);
  const organization = organizationIn(subject);
  const other = ask({ audience: SOME_AUDIENCE });
  if (other.result === "found") {
    return [
      finding(
        "audience-missing",
        "",
        "tokens for any audience are allowed, including those issued for other services",
        other.counterexample,
      ),
    ];
  }
  const known = [...(organization === undefined ? [] : [organization]), ...(subject.context.audiences ?? [])];
  const any = ask({});
  if (any.result !== "found" || known.some((audience) => ask({ audience }).result !== "none")) return [];
  return [
    finding(
      "audience-other",
      "",
      "only tokens for an audience other than the organization are allowed: those that a job requests, not the two that each job has",
      any.counterexample,
    ),
  ];
}

/** Subjects that CircleCI never issues, and ids in the wrong field. */
export function unissuedSubjects(subject: Subject): readonly Finding[] {
  const { policy, provider, context } = subject;
  const { people = [], projects = [] } = context;
  return wantedConditions(subject).flatMap((condition) =>
    condition.values.flatMap((value) => {
      if (fragmentOf(value) === undefined) return [];
      const misplaced = misplacedId(value.text.toLowerCase(), people, projects);
      if (misplaced !== undefined) return [finding("misplaced-id", value.path, misplaced)];
      if (isIssued(value, condition, provider, { policy, context })) return [];
      const placeholders = placeholdersIn(value);
      return [
        placeholders.length === 0
          ? finding("subject-never-issued", value.path, unissuedMessage(value, provider))
          : finding("placeholder-id", value.path, placeholderMessage(placeholders)),
      ];
    }),
  );
}

function misplacedId(
  text: string,
  people: readonly string[],
  projects: readonly string[],
): string | undefined {
  const user = /\/user\/([^/*?]+)/.exec(text)?.[1];
  const project = /\/project\/([^/*?]+)/.exec(text)?.[1];
  if (user !== undefined && projects.includes(user))
    return `${user} is the id of a project, used as the id of a user`;
  if (project !== undefined && people.includes(project))
    return `${project} is the id of a user, used as the id of a project`;
  return undefined;
}
