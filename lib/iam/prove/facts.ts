import { atom, type Formula, not, or } from "../automata/formula";
import type { Condition, Value } from "../language/policy";
import type { Atoms } from "./claim";

/** Something about a request that no token settles, such as where it comes from; whether it holds is open. */
export interface Fact {
  /** The key as the policy writes it. */
  readonly key: string;
  /** What is said of the key: `StringEquals vpc-1`, `is in the request`. */
  readonly saying: string;
  /** Whether it is so. */
  readonly holds: boolean;
}

interface OpenFact {
  readonly atom: number;
  readonly key: string;
  readonly saying: string;
  /** The presence of its key, without which it cannot hold; undefined: it is a presence itself. */
  readonly presence: number | undefined;
}

/**
 * The facts that two policies ask for, each a boolean of its own. That allows more than reality does (an address in 10.1.0.0/16 is
 * in 10.0.0.0/8 too), so what is proven for all of them is true, and a difference may turn out to need what cannot be.
 */
export class Facts {
  readonly #atoms: Atoms;
  readonly #open = new Map<string, OpenFact>();
  readonly #byAtom = new Map<number, OpenFact>();

  constructor(atoms: Atoms) {
    this.#atoms = atoms;
  }

  isPresent(key: string): Formula {
    return atom(this.#presence(key).atom);
  }

  /** What a condition on a key that no token settles says, in terms of facts. */
  conditionHolds(condition: Condition): Formula {
    const { operator, key, values } = condition;
    const { negated, ifExists, qualifier } = operator;
    const isMissing = not(this.isPresent(key));
    const any = or(...values.map((value) => this.#matches(condition, [value])));
    if (qualifier === "none") {
      const holds = negated ? not(any) : any;
      return ifExists ? or(isMissing, holds) : holds;
    }
    const whole = qualifier === "ForAnyValue" && !negated ? any : this.#matches(condition, values);
    return qualifier === "ForAllValues" || ifExists ? or(isMissing, whole) : whole;
  }

  /** Something else that nobody can tell, such as what a policy says whose text nobody here has. */
  isSo(key: string, saying: string): Formula {
    return atom(this.#add(JSON.stringify(["is so", key, saying]), { key, saying, presence: undefined }).atom);
  }

  /** The atoms that are the presence of a key, or need one. */
  get known(): ReadonlyMap<number, OpenFact> {
    return this.#byAtom;
  }

  #presence(key: string): OpenFact {
    return this.#add(key.toLowerCase(), { key, saying: "is in the request", presence: undefined });
  }

  #matches({ operator, key }: Condition, values: readonly Value[]): Formula {
    const { qualifier, base, negated } = operator;
    const name = qualifier === "none" ? base : `${qualifier}:${negated ? "not " : ""}${base}`;
    const identity = JSON.stringify([key.toLowerCase(), name, values.map(({ pieces }) => pieces)]);
    const saying = `${name} ${values.map(({ text }) => text).join(" or ")}`;
    return atom(this.#add(identity, { key, saying, presence: this.#presence(key).atom }).atom);
  }

  #add(identity: string, fact: Omit<OpenFact, "atom">): OpenFact {
    const known = this.#open.get(identity);
    if (known !== undefined) return known;
    const added = { ...fact, atom: this.#atoms.add() };
    this.#open.set(identity, added);
    this.#byAtom.set(added.atom, added);
    return added;
  }
}
