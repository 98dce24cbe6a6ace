import { isMap, isNode, isScalar, isSeq, type Pair } from "yaml";
import type { Path } from "./problem";

/** Offsets of an entry's key and value; for an element of a list, both are the element's. */
interface Place {
  readonly key: number;
  readonly value: number;
}

/** Finds the place of a path. Keys are indexed on first use, so a valid file has no cost. */
export class YamlPlaces {
  private readonly indexes = new Map<unknown, ReadonlyMap<unknown, Pair>>();

  /** @param contents the root node of the document */
  constructor(private readonly contents: unknown) {}

  /** The place of `path`, or of its nearest parent that exists. */
  nearest(path: Path): Place {
    return this.walk(path).place;
  }

  /**
   * The source text at `path`; undefined for text values, maps, lists and missing values.
   */
  sourceOf(path: Path): string | undefined {
    const { node, complete } = this.walk(path);
    return complete && isScalar(node) && typeof node.value !== "string" ? node.source : undefined;
  }

  private walk(path: Path): { readonly node: unknown; readonly place: Place; readonly complete: boolean } {
    let node = this.contents;
    let place: Place = { key: offsetOf(node) ?? 0, value: offsetOf(node) ?? 0 };
    for (const part of path) {
      if (isSeq(node) && typeof part === "number" && part < node.items.length) {
        node = node.items[part];
        const at = offsetOf(node) ?? place.value;
        place = { key: at, value: at };
        continue;
      }
      const pair = this.pairOf(node, part);
      if (pair === undefined) return { node, place, complete: false };
      const key = offsetOf(pair.key) ?? place.value;
      node = pair.value;
      // The place of an empty value is its key: the offset of the value may be on the next line.
      place = { key, value: isEmpty(node) ? key : (offsetOf(node) ?? key) };
    }
    return { node, place, complete: true };
  }

  private pairOf(map: unknown, key: string | number): Pair | undefined {
    if (!isMap(map)) return undefined;
    const known = this.indexes.get(map);
    if (known !== undefined) return known.get(key);
    const index = new Map<unknown, Pair>();
    for (const pair of map.items) {
      // Of duplicate keys the first one counts, as in the tree.
      if (isScalar(pair.key) && !index.has(pair.key.value)) index.set(pair.key.value, pair);
    }
    this.indexes.set(map, index);
    return index.get(key);
  }
}

/** Where a node of a document begins. */
export function offsetOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

function isEmpty(node: unknown): boolean {
  return node === null || node === undefined || (isScalar(node) && node.value === null && node.source === "");
}
