import type { Budget } from "../../automata/budget";
import { Determinized } from "../../automata/determinize";
import { FALSE, type Formula, TRUE } from "../../automata/formula";
import { compileFragment, type Fragment, sequence } from "../../automata/fragments";
import { anyRun } from "../../automata/patterns";
import { PositionGraph } from "../../automata/positions";
import type { Policy } from "../../language/policy";
import { Facts } from "../core/facts";
import { Atoms, TextDimension } from "../core/text-dimension";
import { Undecided } from "../core/undecided";
import type { Key } from "../keys/key";
import { Keys } from "../keys/keys";
import type { SearchSpace } from "../search/find-assignment";
import { canHaveTokens, type Provider, readKey } from "./provider";
import {
  issuedSubjects,
  SOME_AUDIENCE,
  SOME_ORGANIZATION,
  SOME_PROJECT,
  uuid,
  uuidCharacters,
} from "./subjects";
import { withinCharacters } from "./within-characters";

/**
 * `issued`: the tokens that CircleCI can issue: each has an audience and one of its subjects, and
 * each job's has the project's id, the same as in its subject. `every`: any dimensions whatever,
 * each of them absent, too: nothing about CircleCI is assumed.
 */
export type SpaceKind = "issued" | "every";

/**
 * The search space of all tokens of one provider: a finite product of claims, condition keys and
 * facts. A policy asks finitely many yes-or-no questions about it. These are the atoms, and a
 * policy is a formula of them.
 */
export class TokenSpace implements SearchSpace {
  readonly automaton: Determinized;
  readonly atoms = new Atoms();
  readonly facts = new Facts(this.atoms);
  readonly undecided = new Undecided(this.facts);
  readonly keys: Keys;
  readonly subject: TextDimension;
  readonly audience: TextDimension;
  /** Undefined: the project's id is the one in the subject, or the issuer knows of no projects. */
  readonly project: TextDimension | undefined;
  /** What every token of the space satisfies. */
  readonly isToken: Formula;
  readonly #organization: Fragment;

  /** @param policies all that will be asked about */
  constructor(
    readonly provider: Provider,
    kind: SpaceKind,
    policies: readonly Policy[],
    readonly budget: Budget,
  ) {
    this.automaton = new Determinized(new PositionGraph(budget), budget);
    const { automaton, atoms, undecided, facts } = this;
    const conditions = policies.flatMap(({ statements }) => statements.flatMap((one) => one.conditions));
    this.keys = new Keys(
      conditions.filter(({ key }) => readKey(key, provider) === "open"),
      {
        automaton,
        atoms,
        undecided,
        matchesByVariable: (value, of, name) => facts.isSo(name, `matches ${value.text}`, of),
      },
    );
    const organization = organizationOf(provider);
    this.#organization = organization ?? uuid(SOME_ORGANIZATION);
    const isIssued = kind === "issued" && provider.circleci !== undefined;
    const shape = { isAlwaysThere: isIssued, isList: false };
    this.subject = new TextDimension(this.automaton, this.atoms, shape);
    const audiences = [organization ?? SOME_ORGANIZATION, SOME_AUDIENCE];
    this.audience = new TextDimension(this.automaton, this.atoms, {
      ...shape,
      isList: true,
      preferred: audiences,
    });
    this.project =
      isIssued || provider.circleci === undefined || isServers(provider)
        ? undefined
        : new TextDimension(this.automaton, this.atoms, { ...shape, preferred: [SOME_PROJECT] });
    const issued =
      isIssued && canHaveTokens(provider) ? this.subjectLike(issuedSubjects(organization)) : FALSE;
    this.isToken = isIssued ? issued : TRUE;
  }

  /** All keys that no token settles. */
  get openKeys(): readonly Key[] {
    return [...this.keys.all.values()];
  }

  /** "The subject is built like this." */
  subjectLike(fragment: Fragment): Formula {
    return this.subject.someIn(compileFragment(this.automaton.graph, fragment));
  }

  /** "The project's id is there." */
  get hasProject(): Formula {
    return this.project?.isPresent ?? this.subjectLike(sequence(this.#beforeProject, anyRun));
  }

  /** "The project's id is there, and read from these positions." */
  projectIn(positions: number): Formula {
    if (this.project !== undefined) return this.project.someIn(positions);
    const { graph } = this.automaton;
    const rest = compileFragment(graph, sequence("/user/", anyRun));
    const id = withinCharacters(this.automaton, positions, uuidCharacters(SOME_PROJECT), rest);
    return this.subject.someIn(compileFragment(graph, this.#beforeProject, id));
  }

  get #beforeProject(): Fragment {
    return sequence("org/", this.#organization, "/project/");
  }
}

/**
 * Whether a CircleCI Server signs its tokens: whether AWS sets the project's id for them is open.
 */
export function isServers({ circleci }: Provider): boolean {
  return circleci !== undefined && circleci !== "shared" && circleci.server !== undefined;
}

/** The one organization whose tokens the provider's issuer signs. */
export function organizationOf({ circleci }: Provider): string | undefined {
  return circleci === undefined || circleci === "shared" ? undefined : circleci.organization;
}
