/** The key of the record of `watch` in the state bucket. */
export const WATCH_RECORD_KEY = "watch.json";
