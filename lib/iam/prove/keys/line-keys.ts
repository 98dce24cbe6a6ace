import type { Decimal } from "../../language/operands/decimal";
import type { Atoms } from "../claim";
import { addresses } from "./addresses";
import type { KeyKind } from "./key-kinds";
import { CLOCK, isNearlyAlwaysThere, SECONDS_KEY } from "./known-keys";
import type { Line } from "./line";
import { LineKey } from "./line-key";
import { moments, wantedSeconds, writeSeconds } from "./moments";
import { numbers } from "./numbers";

export type AnyLineKey = LineKey<Decimal> | LineKey<number> | LineKey<bigint>;

/** The current time, under both of its names as far as the policies ask for them. Undefined: they do not. */
export function clockOf(kinds: ReadonlyMap<string, KeyKind>, atoms: Atoms): LineKey<number> | undefined {
  const asked = [...kinds].filter(([name, { type }]) => CLOCK.has(name) && type === "moment");
  if (asked.length === 0) return undefined;
  const names = asked.map(([name, kind]) =>
    name === SECONDS_KEY
      ? { name: kind.name, write: writeSeconds, wanted: wantedByClock }
      : { name: kind.name, write: moments.write, wanted: moments.wanted },
  );
  return new LineKey(moments, names, atoms, { isList: false, mayBeOther: false, isNearlyAlwaysThere: true });
}

const wantedByClock: Line<number>["wanted"] = (base, text) =>
  moments.wanted(base, text) ?? wantedSeconds(base, text);

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
