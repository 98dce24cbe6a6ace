import type { Decimal } from "../../language/operands/decimal";
import type { Atoms } from "../core/claim";
import { addresses } from "./addresses";
import type { KeyKind } from "./key-kinds";
import { CLOCK, isNearlyAlwaysThere, SECONDS_KEY } from "./known-keys";
import type { Line } from "./line";
import { LineKey } from "./line-key";
import { moments, wantedSeconds, writeSeconds } from "./moments";
import { numbers } from "./numbers";

export type AnyLineKey = LineKey<Decimal> | LineKey<number> | LineKey<bigint>;

/** The current time, under both of its names: by its place in `CLOCK`. */
export function clockFor(atoms: Atoms): LineKey<number> {
  const names = CLOCK.map((name) => ({ name, ...(name === SECONDS_KEY ? IN_SECONDS : moments) }));
  return new LineKey(moments, names, atoms, { isList: false, mayBeOther: false, isNearlyAlwaysThere: true });
}

const IN_SECONDS: Pick<Line<number>, "write" | "wanted"> = {
  write: writeSeconds,
  wanted: (base, text) => moments.wanted(base, text) ?? wantedSeconds(base, text),
};

/** @param name in lower case; its kind is one of those on a line */
export function lineKeyOf(name: string, kind: KeyKind, atoms: Atoms): AnyLineKey {
  switch (kind.type) {
    case "number":
      return keyOn(numbers, name, kind, atoms);
    case "moment":
      return keyOn(moments, name, kind, atoms);
    default:
      return keyOn(addresses, name, kind, atoms);
  }
}

function keyOn<V>(
  line: Line<V>,
  name: string,
  { name: written, ...kind }: KeyKind,
  atoms: Atoms,
): LineKey<V> {
  return new LineKey(line, [{ name: written, write: line.write, wanted: line.wanted }], atoms, {
    isList: kind.isList,
    mayBeOther: kind.mayBeOther,
    isNearlyAlwaysThere: isNearlyAlwaysThere(name),
  });
}
