import type { Decimal } from "../../language/operands/decimal";
import type { Atoms } from "../core/text-dimension";
import { addresses } from "./addresses";
import { dates, wantedSeconds, writeSeconds } from "./dates";
import type { KeyKind } from "./key-kinds";
import { CLOCK, isNearlyAlwaysThere, SECONDS_KEY } from "./known-keys";
import { numbers } from "./numbers";
import { OrderedDimension } from "./ordered-dimension";
import type { OrderedType } from "./ordered-type";

export type AnyOrderedDimension =
  | OrderedDimension<Decimal>
  | OrderedDimension<number>
  | OrderedDimension<bigint>;

/** The current time, under both of its names: by its place in `CLOCK`. */
export function currentTime(atoms: Atoms): OrderedDimension<number> {
  const names = CLOCK.map((name) => ({ name, ...(name === SECONDS_KEY ? IN_SECONDS : dates) }));
  return new OrderedDimension(dates, names, atoms, {
    isList: false,
    mayBeOther: false,
    isNearlyAlwaysThere: true,
  });
}

const IN_SECONDS: Pick<OrderedType<number>, "write" | "wanted"> = {
  write: writeSeconds,
  wanted: (base, text) => dates.wanted(base, text) ?? wantedSeconds(base, text),
};

/** @param name in lower case; its kind is one of those on a line */
export function orderedDimensionOf(name: string, kind: KeyKind, atoms: Atoms): AnyOrderedDimension {
  switch (kind.type) {
    case "number":
      return keyOn(numbers, name, kind, atoms);
    case "date":
      return keyOn(dates, name, kind, atoms);
    default:
      return keyOn(addresses, name, kind, atoms);
  }
}

function keyOn<V>(
  line: OrderedType<V>,
  name: string,
  { name: written, ...kind }: KeyKind,
  atoms: Atoms,
): OrderedDimension<V> {
  return new OrderedDimension(line, [{ name: written, write: line.write, wanted: line.wanted }], atoms, {
    isList: kind.isList,
    mayBeOther: kind.mayBeOther,
    isNearlyAlwaysThere: isNearlyAlwaysThere(name),
  });
}
