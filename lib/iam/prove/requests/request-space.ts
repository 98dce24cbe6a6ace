import type { Budget } from "../../automata/budget";
import { Determinized } from "../../automata/determinize";
import { and, atomsOf, type Formula, not, or } from "../../automata/formula";
import { compileFragment } from "../../automata/fragments";
import { PositionGraph } from "../../automata/positions";
import type { Policy, Value } from "../../language/policy";
import { Atoms, Claim } from "../claim";
import { Facts } from "../facts";
import type { Space } from "../find-point";
import { type KeyKind, kindsOfKeys } from "./key-kinds";
import { everyArn, everyResource } from "./universe";

/** A condition key whose texts are all that the policies ask of it. */
export interface RequestKey {
  readonly kind: KeyKind;
  readonly claim: Claim;
}

const ANOTHER = "another-value";
const ANOTHER_ARN = "arn:aws:iam::111122223333:role/another";
/** More texts than this are no example for anybody. */
const MOST_PREFERRED = 40;

/**
 * All requests for one action by one caller, with all that is open about them: a resource, the condition keys that the policies ask
 * for, each of them absent or there, and facts. An action is no dimension of it: of actions there are finitely many kinds (`ActionClass`).
 */
export class RequestSpace implements Space {
  readonly automaton: Determinized;
  readonly atoms = new Atoms();
  readonly facts = new Facts(this.atoms);
  readonly resource: Claim;
  /** By their names in lower case. */
  readonly keys: ReadonlyMap<string, RequestKey>;
  /** Atoms of what nobody can say: what depends on a policy variable, or is not documented. */
  readonly undecided = new Set<number>();
  /** Why, by the keys of their facts. */
  readonly reasons = new Map<string, string>();
  readonly #isResource: Formula;
  readonly #remembered = new Map<unknown, Formula>();

  /** @param policies all that will be asked about */
  constructor(
    policies: readonly Policy[],
    readonly budget: Budget,
  ) {
    this.automaton = new Determinized(new PositionGraph(budget), budget);
    this.resource = new Claim(this.automaton, this.atoms, { isAlwaysThere: true, isList: false });
    this.#isResource = this.resource.someIn(compileFragment(this.automaton.graph, everyResource));
    const texts = [...kindsOfKeys(policies)].filter(([, { kind }]) => kind !== "facts");
    this.keys = new Map(texts.map(([name, kind]) => [name, { kind, claim: this.#claimOf(kind) }]));
  }

  /** All claims, in the order in which they are best settled. */
  get claims(): readonly Claim[] {
    return [this.resource, ...this.keyClaims];
  }

  get keyClaims(): readonly Claim[] {
    return [...this.keys.values()].map(({ claim }) => claim);
  }

  /** "Whatever the goal says, and it is a request": its resource is one, and what should be an ARN is. */
  asked(goal: Formula): Formula {
    const atoms = new Set(atomsOf(goal));
    const shapes = [...this.keys.values()].flatMap(({ kind, claim }) => {
      if (!kind.isArn || ![...claim.some, ...claim.every].some((one) => atoms.has(one))) return [];
      return [or(not(claim.isPresent), claim.everyIn(compileFragment(this.automaton.graph, everyArn)))];
    });
    return and(this.#isResource, goal, ...shapes);
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
    const key = `${[...new Set(names)].join(", ")} in "${value.text}"`;
    return this.#undecided(key, of, `it depends on the policy variable ${key} (${value.path})`);
  }

  /** "AWS does it this way", where nobody says whether it does: the same wherever the same is asked. @param path where it stands */
  isUndecided(what: string, path: string): Formula {
    return this.#undecided(what, "applies", `it depends on ${what} (${path})`);
  }

  #undecided(key: string, saying: string, reason: string): Formula {
    const holds = this.facts.isSo(key, saying);
    for (const atom of atomsOf(holds)) this.undecided.add(atom);
    if (!this.reasons.has(key)) this.reasons.set(key, reason);
    return holds;
  }

  #claimOf({ kind, isArn, texts }: KeyKind): Claim {
    return new Claim(this.automaton, this.atoms, {
      isAlwaysThere: false,
      isList: kind === "list",
      isSpared: true,
      preferred: [...texts.slice(0, MOST_PREFERRED), isArn ? ANOTHER_ARN : ANOTHER],
    });
  }
}
