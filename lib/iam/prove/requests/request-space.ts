import type { Budget } from "../../automata/budget";
import { Determinized } from "../../automata/determinize";
import { and, type Formula } from "../../automata/formula";
import { compileFragment } from "../../automata/fragments";
import { PositionGraph } from "../../automata/positions";
import type { ActionCatalogue } from "../../data/action-details";
import type { Policy, Value } from "../../language/policy";
import { Facts } from "../core/facts";
import { Atoms, TextDimension } from "../core/text-dimension";
import { Undecided } from "../core/undecided";
import type { Key, TextKey } from "../keys/key";
import { Keys } from "../keys/keys";
import type { SearchSpace } from "../search/find-assignment";
import { everyResource } from "./request-languages";

/**
 * The search space of all requests for one action by one caller: a resource, the condition keys of
 * the policies, each present or missing, and facts. The action is not a dimension: there are
 * finitely many classes of actions (`ActionClass`).
 */
export class RequestSpace implements SearchSpace {
  readonly automaton: Determinized;
  readonly atoms = new Atoms();
  readonly facts = new Facts(this.atoms);
  readonly undecided = new Undecided(this.facts);
  readonly keys: Keys;
  readonly resource: TextDimension;
  readonly #isResource: Formula;
  readonly #remembered = new Map<unknown, Formula>();

  /**
   * @param policies all that will be asked about
   * @param catalogue of which examples are taken
   */
  constructor(
    policies: readonly Policy[],
    readonly budget: Budget,
    readonly catalogue?: ActionCatalogue,
  ) {
    this.automaton = new Determinized(new PositionGraph(budget), budget);
    const { automaton, atoms, undecided } = this;
    this.resource = new TextDimension(automaton, atoms, { isAlwaysThere: true, isList: false });
    this.#isResource = this.resource.someIn(compileFragment(automaton.graph, everyResource));
    const conditions = policies.flatMap(({ statements }) => statements.flatMap((one) => one.conditions));
    const matchesByVariable = (value: Value, of: string): Formula => this.matchesByVariable(value, of);
    this.keys = new Keys(conditions, { automaton, atoms, undecided, matchesByVariable });
  }

  /** All dimensions, in the order in which they are best settled. */
  get dimensions(): readonly TextDimension[] {
    return [this.resource, ...this.keyDimensions];
  }

  get keyDimensions(): readonly TextDimension[] {
    return this.textKeys.map(({ text }) => text);
  }

  /** The keys of which policies ask nothing but their texts: they are part of a request. */
  get textKeys(): readonly TextKey[] {
    return [...this.keys.all.values()].flatMap((key) => ("text" in key && key.kind.isText ? [key] : []));
  }

  /** All other keys, such as an address and a time: they describe the surroundings of a request. */
  get openKeys(): readonly Key[] {
    return [...this.keys.all.values()].filter((key) => !("text" in key && key.kind.isText));
  }

  /** "The goal holds, and this is a request": its resource is a resource, and its ARNs are ARNs. */
  asked(goal: Formula): Formula {
    return and(this.#isResource, goal, this.keys.areWellTyped(this.textKeys, goal));
  }

  /** What has been read already. @param of what it is read from */
  remember(of: unknown, read: () => Formula): Formula {
    const known = this.#remembered.get(of) ?? read();
    this.#remembered.set(of, known);
    return known;
  }

  /** "The variables of a value are such that it matches", the same wherever the same is asked. */
  matchesByVariable(value: Value, of: string): Formula {
    const names = value.pieces.flatMap((piece) => (piece.kind === "variable" ? [`\${${piece.key}}`] : []));
    const about = `${[...new Set(names)].join(", ")} in "${value.text}"`;
    return this.undecided.isSo(about, of, `it depends on the policy variable ${about} (${value.path})`);
  }

  /**
   * "AWS behaves like this", where it is not documented: the same atom for the same question.
   * @param path where it is in the policy
   */
  isUndecided(what: string, path: string): Formula {
    return this.undecided.isSo(what, what, `it depends on ${what} (${path})`);
  }
}
