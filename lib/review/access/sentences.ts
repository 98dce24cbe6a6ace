import type { Access, Person } from "../../access/model";
import { compilePolicy } from "../../iam/decide/compile-policy";
import { type CompiledTrust, decideToken } from "../../iam/decide/decide-token";
import type { Policy } from "../../iam/language/policy";
import { describeFact } from "../../iam/prove/describe-witness";
import { SOME_USER } from "../../iam/prove/subjects";
import type { Witness } from "../../iam/prove/witness";
import { parseSubject } from "../../token/parse-subject";
import { printV1Subject, printV2Subject } from "../../token/subject";
import type { TrustChange } from "./trust-changes";

/** What a change of trust means for people: a sentence each, with the token that proves it. */
export interface AccessSentence {
  readonly effect: "gained" | "lost";
  /** People of access.yaml by their names; empty: nobody of the file. */
  readonly people: readonly string[];
  /** Such as `bob can now assume`, followed by the role, and then `place`. */
  readonly who: string;
  readonly role: string;
  /** Such as `from refs/heads/main of github.com/acme/website`. */
  readonly place: string;
  readonly witness: Witness;
}

/**
 * Who gains and who loses by a change.
 * @param access lends names to ids; undefined for plans of projects that have no access.yaml
 */
export function sentencesOf(change: TrustChange, access: Access | undefined): readonly AccessSentence[] {
  const { comparison } = change;
  const [before, after] = [compiled(change.before), compiled(change.after)];
  return [
    ...sentence("gained", comparison?.gained, { change, access, lets: after, other: before }),
    ...sentence("lost", comparison?.lost, { change, access, lets: before, other: after }),
  ];
}

function compiled(policy: Policy | undefined): CompiledTrust | undefined {
  return policy === undefined ? undefined : { policy, compiled: compilePolicy(policy) };
}

interface Sides {
  readonly change: TrustChange;
  readonly access: Access | undefined;
  /** The policy that lets the witness in, and the one that does not. */
  readonly lets: CompiledTrust | undefined;
  readonly other: CompiledTrust | undefined;
}

function sentence(
  effect: AccessSentence["effect"],
  witness: Witness | undefined,
  sides: Sides,
): readonly AccessSentence[] {
  if (witness === undefined) return [];
  const known = sides.access?.people ?? [];
  const isAnybody = withDifference(witness, sides, [ANYBODY]).length > 0;
  const people = withDifference(witness, sides, known);
  const verb = effect === "gained" ? "can now assume" : "can no longer assume";
  const who = isAnybody
    ? "anybody who can start a pipeline there"
    : people.length === 0
      ? strangerIn(witness, sides.access)
      : people.join(", ");
  return [
    {
      effect,
      people,
      who: `${who} ${verb}`,
      role: sides.change.role,
      place: placeOf(witness, sides.access),
      witness,
    },
  ];
}

/** Whose id stands in no file. */
const ANYBODY: Person = { name: "anybody", id: SOME_USER };

/** Those whose token, alike but for its user, the one policy lets in and the other does not. */
function withDifference(
  { claims, provider }: Witness,
  { lets, other }: Sides,
  people: readonly Person[],
): readonly string[] {
  const subject = parseSubject(claims.sub ?? "");
  if (subject?.kind !== "job" || lets === undefined) return [];
  const { job, source } = subject;
  const isIn = (trust: CompiledTrust | undefined, sub: string): boolean =>
    trust !== undefined && decideToken(trust, { ...claims, sub }, provider).verdict === "allowed";
  return people
    .filter(({ id }) => {
      const own = { ...job, user: id };
      const sub = source === undefined ? printV1Subject(own) : printV2Subject(own, source);
      return isIn(lets, sub) && !isIn(other, sub);
    })
    .map(({ name }) => name);
}

function strangerIn({ claims }: Witness, access: Access | undefined): string {
  const subject = parseSubject(claims.sub ?? "");
  if (subject?.kind !== "job") return "a token of CircleCI that is no job's";
  return access === undefined ? `user ${subject.job.user}` : "somebody who is not in access.yaml";
}

function placeOf({ claims, facts }: Witness, access: Access | undefined): string {
  const subject = parseSubject(claims.sub ?? "");
  const job = subject?.kind === "job" ? subject : undefined;
  const project = access?.projects.find(({ id }) => id === job?.job.project)?.key;
  return [
    job?.source === undefined ? "" : `from ${job.source.ref} of ${job.source.origin}`,
    job === undefined ? "" : `in project ${project ?? job.job.project}`,
    facts.length === 0 ? "" : `if ${facts.map(describeFact).join(", and ")}`,
  ]
    .filter((part) => part !== "")
    .join(", ");
}
