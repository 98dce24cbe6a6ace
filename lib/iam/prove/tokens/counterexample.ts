import { and, type Formula, TRUE } from "../../automata/formula";
import type { Fragment } from "../../automata/fragments";
import type { Fact } from "../keys/fact";
import type { Certainty } from "../search/find-assignment";
import { type Found, findSettledToken, findToken } from "./find-token";
import { isServers, organizationOf, type TokenSpace } from "./space";
import { usualSubjects } from "./subjects";

/** A token that shows a difference. */
export interface Counterexample {
  /** The ARN of the provider that it comes through. */
  readonly provider: string;
  readonly claims: CounterexampleClaims;
  /** What must also be true. Empty: the difference exists in any case. */
  readonly facts: readonly Fact[];
}

/** The claims that a trust policy can ask for; a claim that is not here is not in the token. */
interface CounterexampleClaims {
  readonly iss: string;
  readonly aud?: string | readonly string[];
  readonly sub?: string;
  readonly "oidc.circleci.com/project-id"?: string;
}

/** Is there a token in the space for which the goal holds? */
export interface Question {
  readonly space: TokenSpace;
  readonly goal: Formula;
}

/** A question whose answers, where it has any, answer another one too and are better to look at. */
export interface Example extends Question {
  /** What the subject should look like. Default: anything. */
  readonly like?: Fragment;
}

/** Looking for a better example is worth this much work each time. */
const STEPS_FOR_AN_EXAMPLE = 300_000;

/**
 * A token for which the goal holds: one for which it holds whatever else is true, if there is any,
 * and of those one that looks like the first of the examples that has any. Undefined: there is no
 * such token.
 *
 * @throws ProjectError `proof-budget-spent` before it is known whether there is one
 */
export function findCounterexample(
  question: Question,
  examples: readonly (() => Example)[] = [],
): Counterexample | undefined {
  return findAnyToken(question, examples)?.();
}

/**
 * The same, with the search for the better token left to the one who wants to look at it: whether
 * there is one takes half the work, and is all that many ask.
 */
export function findAnyToken(
  { space, goal }: Question,
  examples: readonly (() => Example)[] = [],
): (() => Counterexample) | undefined {
  const first = findToken(space, goal, "possibly");
  return first && (() => bestOf({ space, goal }, first, examples));
}

function bestOf(
  { space, goal }: Question,
  first: Found,
  examples: readonly (() => Example)[],
): Counterexample {
  const isCertain = first.facts.length === 0;
  const usual = (): Example => ({ space, goal, like: usualSubjects(organizationOf(space.provider)) });
  const better =
    findExample([...examples, usual, () => ({ space, goal })], "anyway") ??
    (isCertain ? undefined : findExample([...examples, usual], "possibly"));
  return better ?? counterexampleOf(space, first);
}

function findExample(examples: readonly (() => Example)[], certainty: Certainty): Counterexample | undefined {
  for (const make of examples) {
    const { space, goal, like } = make();
    const found = space.budget.atMost(STEPS_FOR_AN_EXAMPLE, () =>
      findSettledToken(space, and(like === undefined ? TRUE : space.subjectLike(like), goal), certainty),
    );
    if (found !== undefined) return counterexampleOf(space, found);
  }
  return undefined;
}

function counterexampleOf({ provider, project }: TokenSpace, found: Found): Counterexample {
  const { subject, audience, facts } = found;
  const [only, ...others] = audience ?? [];
  const isTied = project === undefined && provider.circleci !== undefined && !isServers(provider);
  const projectId = isTied ? projectIn(subject) : found.project;
  return {
    provider: provider.arn,
    claims: {
      iss: provider.issuer,
      ...(only === undefined ? {} : { aud: others.length === 0 ? only : [only, ...others] }),
      ...(subject === undefined ? {} : { sub: subject }),
      ...(projectId === undefined ? {} : { "oidc.circleci.com/project-id": projectId }),
    },
    facts,
  };
}

/** The project in the subject of a job. */
function projectIn(subject: string | undefined): string | undefined {
  return /^org\/[^/]+\/project\/([^/]+)\/user\//.exec(subject ?? "")?.[1];
}
