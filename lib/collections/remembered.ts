interface Memory<Key, Value> {
  get(key: Key): Value | undefined;
  set(key: Key, value: Value): unknown;
}

/**
 * What is known of a key, or is made now and known from then on. @param make the same for the same
 * key, whenever it is asked
 */
export function remembered<Key, Value>(known: Memory<Key, Value>, key: Key, make: () => Value): Value {
  const before = known.get(key);
  if (before !== undefined) return before;
  const made = make();
  known.set(key, made);
  return made;
}
