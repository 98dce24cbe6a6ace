import { atom, type Formula } from "../../automata/formula";
import type { Atoms } from "./text-dimension";

interface OpenFact {
  readonly atom: number;
  readonly key: string;
  readonly saying: string;
}

/**
 * What no value settles, each a free boolean, such as what a policy with unknown contents allows.
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
