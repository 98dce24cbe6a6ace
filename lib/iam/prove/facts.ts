import { atom, type Formula } from "../automata/formula";
import type { Atoms } from "./claim";

/** What must be so besides, for a request to prove the point. */
export interface Fact {
  /**
   * A condition key as a policy writes it, or what else it is about, such as the ARN of a policy
   * whose text nobody has.
   */
  readonly key: string;
  /**
   * Of a condition key, what its values are in the policies' terms: `from outside 10.0.0.0/8`. Of
   * all else, what is said of it: `allows it`.
   */
  readonly saying: string;
  /** Whether it is so. */
  readonly holds: boolean;
  /**
   * Values of a condition key with which it is so, one way among others; undefined: it is about
   * something else.
   */
  readonly values?: readonly string[] | "absent";
}

interface OpenFact {
  readonly atom: number;
  readonly key: string;
  readonly saying: string;
}

/**
 * What nobody can tell and no value settles, each a boolean of its own, such as what a policy says
 * whose text nobody here has.
 */
export class Facts {
  readonly #atoms: Atoms;
  readonly #open = new Map<string, OpenFact>();
  readonly #byAtom = new Map<number, OpenFact>();

  constructor(atoms: Atoms) {
    this.#atoms = atoms;
  }

  /** @param identity the same for what is the same fact; default: the key and what is said of it */
  isSo(key: string, saying: string, identity: string = JSON.stringify([key, saying])): Formula {
    const known = this.#open.get(identity);
    if (known !== undefined) return atom(known.atom);
    const added = { atom: this.#atoms.add(), key, saying };
    this.#open.set(identity, added);
    this.#byAtom.set(added.atom, added);
    return atom(added.atom);
  }

  get known(): ReadonlyMap<number, OpenFact> {
    return this.#byAtom;
  }
}
