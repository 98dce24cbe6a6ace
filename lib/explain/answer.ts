import type { Grant } from "../config/model/model";
import { describeFacts } from "../describe/counterexample";
import type { Decision } from "../iam/evaluate/decide";
import { decideToken } from "../iam/evaluate/decide-token";
import type { StatementReason } from "../iam/evaluate/reasons";
import { findAllowed, findDenied, type TokenAnswer, type Wanted } from "../iam/prove/tokens/find-allowed";
import { anyRefSubjects } from "../iam/prove/tokens/subjects";
import type { Claims } from "../token/claims";
import { parseSubject } from "../token/parse-subject";
import { type JobSubject, printV2Subject } from "../token/subject";
import type { Target } from "./target";
import { describeRefs, type ObjectionKind, whyByGrant, whyByStatements } from "./why";

export interface Answer {
  readonly role: string;
  /**
   * True: access.yaml does not say whom the role lets in; its policy, which somebody wrote, does.
   */
  readonly isHandWritten?: true;
  /** By name; undefined where a token was given. */
  readonly person?: string;
  readonly decision: "allow" | "deny" | "unknown";
  /** One sentence. */
  readonly reason: string;
  /** What access.yaml has against it, for programs; undefined for a policy from elsewhere. */
  readonly against?: readonly ObjectionKind[];
  /**
   * From where it is allowed, where the question leaves that open: `main, release/*`, or one
   * example of a policy from elsewhere.
   */
  readonly from?: string;
  /** What an unknown answer hangs on: `branch or tag`, or condition keys. */
  readonly hangsOn: readonly string[];
  /** The token in question, or one that stands for those in question. */
  readonly claims: Claims;
  readonly statements: readonly StatementReason[];
}

/** One token, whole. */
export function answerToken(target: Target, claims: Claims, person?: string): Answer {
  const provider = target.providerFor(claims.iss.replace(/^https:\/\//, ""));
  const decision = decideToken(target, claims, provider);
  const verdict = ({ allowed: "allow", denied: "deny", unknown: "unknown" } as const)[decision.verdict];
  return {
    role: target.name,
    ...(target.isHandWritten === undefined ? {} : { isHandWritten: target.isHandWritten }),
    ...(person === undefined ? {} : { person }),
    decision: verdict,
    ...(target.own === undefined
      ? {
          reason: decision.because === "open" ? whyOpen(target, claims, decision) : whyByStatements(decision),
        }
      : whyByGrant(target.own, claims, decision, person)),
    hangsOn: decision.hangsOn,
    claims,
    statements: decision.statements,
  };
}

/** For which requests the token gets in, where that depends on more than the token. */
function whyOpen({ policy, providerFor }: Target, { iss, aud, sub }: Claims, decision: Decision): string {
  const audience = [aud].flat();
  const [only] = audience;
  const found = findAllowed(policy, providerFor(iss.replace(/^https:\/\//, "")), {
    space: "every",
    ...(sub === undefined ? {} : { like: [sub] }),
    ...(only === undefined || audience.length > 1 ? {} : { audience: only }),
  });
  const why = whyByStatements(decision);
  if (found.result !== "found" || found.counterexample.facts.length === 0) return why;
  return `${why}: allowed ${describeFacts(found.counterexample.facts)}`;
}

export interface RefsInQuestion {
  readonly iss: string;
  readonly aud: string;
  readonly job: JobSubject;
  readonly origin: string;
}

/** Any branch or tag of an origin: allowed from all, from none, or it hangs on which. */
export function answerAnyRef(target: Target, question: RefsInQuestion, person: string): Answer {
  const provider = target.providerFor(question.iss.replace(/^https:\/\//, ""));
  return target.own === undefined
    ? answerByProof(target, provider, question, person)
    : answerByGrant(target, target.own.grant, question, person);
}

/**
 * The policy is proven to say what access.yaml says, so one ref that is listed stands for all of
 * them.
 */
function answerByGrant(target: Target, grant: Grant, question: RefsInQuestion, person: string): Answer {
  const answer = answerToken(target, claimsFrom(question, refListedIn(grant)), person);
  if (answer.decision !== "allow") return answer;
  const from = describeRefs(grant);
  if (grant.refs.kind === "any") return { ...answer, from };
  const reason = `it hangs on the branch or tag: allowed from ${from}`;
  return { ...answer, decision: "unknown", from, reason, hangsOn: [REF] };
}

/** By proof over all refs there can be, and not by trying some. */
function answerByProof(target: Target, provider: string, question: RefsInQuestion, person: string): Answer {
  const wanted: Wanted = { like: [anyRefSubjects(question.job, question.origin)], audience: question.aud };
  const allowed = findAllowed(target.policy, provider, wanted);
  const refused = findDenied(target.policy, provider, wanted);
  const tell = (ref: string): Answer => answerToken(target, claimsFrom(question, ref), person);
  const [yes, no] = [refOf(allowed), refOf(refused)];
  if (yes !== undefined && no !== undefined) {
    const reason = `it hangs on the branch or tag: ${yes} gets in, ${no} does not`;
    return { ...tell(yes), decision: "unknown", from: `some, such as ${yes}`, reason, hangsOn: [REF] };
  }
  if (allowed.result === "none" && no !== undefined) return tell(no);
  if (refused.result === "none" && yes !== undefined) return { ...tell(yes), from: "any branch or tag" };
  const why = [allowed, refused].flatMap((one) => (one.result === "unknown" ? [one.reason] : []));
  return {
    ...tell("refs/heads/main"),
    decision: "unknown",
    reason: `not to be said: ${why.join("; ")}`,
    hangsOn: [REF],
  };
}

const REF = "branch or tag";

function claimsFrom({ iss, aud, job, origin }: RefsInQuestion, ref: string): Claims {
  return { iss, aud, sub: printV2Subject(job, { origin, ref }), "oidc.circleci.com/project-id": job.project };
}

function refOf(found: TokenAnswer): string | undefined {
  const subject = found.result === "found" ? parseSubject(found.counterexample.claims.sub ?? "") : undefined;
  return subject?.kind === "job" ? subject.source?.ref : undefined;
}

function refListedIn({ refs }: Grant): string {
  if (refs.kind === "any") return "refs/heads/main";
  const [branch] = refs.branches;
  const [pattern, home] = branch === undefined ? [refs.tags[0], "refs/tags/"] : [branch, "refs/heads/"];
  if (pattern === undefined) throw new Error("a grant that lists no ref");
  return home + (pattern.kind === "exact" ? pattern.name : `${pattern.prefix}x`);
}
