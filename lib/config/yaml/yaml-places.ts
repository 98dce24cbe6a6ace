import { isMap, isNode, isScalar, isSeq, type Pair } from "yaml";
import type { Path } from "./problem";

/** Offsets of an entry's key and of its value; in a list both are the element's. */
export interface Place {
  readonly key: number;
  readonly value: number;
}

/**
 * Finds where a path stands. Keys are indexed when first asked for: a file without problems pays
 * nothing.
 */
export class YamlPlaces {
  private readonly indexes = new Map<unknown, ReadonlyMap<unknown, Pair>>();

  /** @param contents the document's top node */
  constructor(private readonly contents: unknown) {}

  /** The place of `path`, or of the nearest thing above it that exists. */
  nearest(path: Path): Place {
    return this.walk(path).place;
  }

  /**
   * What the file has at `path`, as written there; undefined for text, maps, lists and what does
   * not exist.
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
      // `key:` without a value has its place at the key: the value's own offset may be on the next
      // line.
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
      // Of a key that comes twice the first counts, as in the tree.
      if (isScalar(pair.key) && !index.has(pair.key.value)) index.set(pair.key.value, pair);
    }
    this.indexes.set(map, index);
    return index.get(key);
  }
}

function offsetOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

function isEmpty(node: unknown): boolean {
  return node === null || node === undefined || (isScalar(node) && node.value === null && node.source === "");
}
