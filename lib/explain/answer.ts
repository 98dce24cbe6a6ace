import type { Grant, Periods } from "../config/model/model";
import { describeFacts } from "../describe/counterexample";
import { describeState } from "../describe/moment";
import { joinPhrases, plainText } from "../describe/phrase";
import { describeGrantedRefs, refText } from "../describe/ref";
import type { ObjectionKind } from "../describe/refusal";
import type { Decision } from "../iam/evaluate/decide";
import { decideToken } from "../iam/evaluate/decide-token";
import type { StatementReason } from "../iam/evaluate/reasons";
import { findAllowed, findDenied, type TokenAnswer, type Wanted } from "../iam/prove/tokens/find-allowed";
import { anyRefSubjects } from "../iam/prove/tokens/subjects";
import type { Claims } from "../token/claims";
import { parseSubject } from "../token/parse-subject";
import { fullRef } from "../token/ref";
import { type JobSubject, printV2Subject } from "../token/subject";
import type { Target } from "./target";
import { whyByGrant, whyByStatements } from "./why";

export interface Answer {
  readonly role: string;
  /** True: the role's trust policy is hand-written, not derived from access.yaml. */
  readonly isHandWritten?: true;
  /** By name. Undefined: the question was about a token. */
  readonly person?: string;
  readonly decision: "allow" | "deny" | "unknown";
  /** One sentence. */
  readonly reason: string;
  /** Why access.yaml refuses it, for programs. Undefined: the policy is not from access.yaml. */
  readonly against?: readonly ObjectionKind[];
  /**
   * The refs from which it is allowed, if the question names none: `main, release/*`. For a policy
   * that is not from access.yaml, an example.
   */
  readonly from?: string;
  /** What an unknown answer depends on: `branch or tag`, or condition keys. */
  readonly dependsOn: readonly string[];
  /** The token in question, or an example of those in question. */
  readonly claims: Claims;
  /**
   * When access.yaml grants the role to the token's user, and the moment of the answer. Undefined:
   * always, or not at all.
   */
  readonly periods?: Periods;
  readonly at?: string;
  readonly statements: readonly StatementReason[];
}

/** The answer for one token. */
export function answerToken(target: Target, claims: Claims, person?: string): Answer {
  const provider = target.providerFor(claims.iss.replace(/^https:\/\//, ""));
  const decision = decideToken(target, claims, provider, target.at);
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
    dependsOn: decision.dependsOn,
    claims,
    statements: decision.statements,
  };
}

/** The requests for which the token is allowed, if that depends on more than the token. */
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

interface RefsInQuestion {
  readonly iss: string;
  readonly aud: string;
  readonly job: JobSubject;
  readonly origin: string;
}

/** The answer for all refs of an origin: allowed from all, from none, or from some of them. */
export function answerAnyRef(target: Target, question: RefsInQuestion, person: string): Answer {
  const provider = target.providerFor(question.iss.replace(/^https:\/\//, ""));
  return target.own === undefined
    ? answerByProof(target, provider, question, person)
    : answerByGrant(target, target.own.grant, question, person);
}

/** The policy is proven equivalent to access.yaml, so one listed ref is an example of all. */
function answerByGrant(target: Target, grant: Grant, question: RefsInQuestion, person: string): Answer {
  const answer = answerToken(target, claimsFrom(question, refListedIn(grant)), person);
  if (answer.decision !== "allow") return answer;
  const from = refsAllowedBy(grant);
  if (grant.refs.kind === "any") return { ...answer, from };
  const until = answer.periods && answer.at ? describeState(answer.periods, answer.at) : "";
  const reason = `depends on the branch or tag: allowed from ${from}${until === "" ? "" : ` ${until}`}`;
  return { ...answer, decision: "unknown", from, reason, dependsOn: [REF] };
}

/** By proof over all refs that git accepts, not by trying some of them. */
function answerByProof(target: Target, provider: string, question: RefsInQuestion, person: string): Answer {
  const wanted: Wanted = { like: [anyRefSubjects(question.job, question.origin)], audience: question.aud };
  const allowed = findAllowed(target.policy, provider, wanted);
  const refused = findDenied(target.policy, provider, wanted);
  const tell = (ref: string): Answer => answerToken(target, claimsFrom(question, ref), person);
  const [yes, no] = [refOf(allowed), refOf(refused)];
  if (yes !== undefined && no !== undefined) {
    const reason = `depends on the branch or tag: ${refText(yes)} is allowed, ${refText(no)} is not`;
    const from = `some refs, such as ${refText(yes)}`;
    return { ...tell(yes), decision: "unknown", from, reason, dependsOn: [REF] };
  }
  if (allowed.result === "none" && no !== undefined) return tell(no);
  if (refused.result === "none" && yes !== undefined) return { ...tell(yes), from: ANY_REF };
  const why = [allowed, refused].flatMap((one) => (one.result === "unknown" ? [one.reason] : []));
  return {
    ...tell("refs/heads/main"),
    decision: "unknown",
    reason: `undetermined: ${why.join("; ")}`,
    dependsOn: [REF],
  };
}

const REF = "branch or tag";
const ANY_REF = plainText(describeGrantedRefs({ kind: "any", tokensWithoutOrigin: false }).flat());

/** Such as `main, release/*, tag v*`; a token that names no origin may be of any repository. */
function refsAllowedBy({ refs }: Grant): string {
  const listed = plainText(joinPhrases(describeGrantedRefs(refs), ", "));
  return refs.kind === "any" && refs.tokensWithoutOrigin ? `${listed}, any repository` : listed;
}

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
  const pattern = branch ?? refs.tags[0];
  if (pattern === undefined) throw new Error("a grant that lists no ref");
  const name = pattern.kind === "exact" ? pattern.name : `${pattern.prefix}x`;
  return fullRef({ kind: branch === undefined ? "tag" : "branch", name });
}
