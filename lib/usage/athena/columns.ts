/** The columns of the query's result, in their order; `kind` says which of them a row has. */
export const COLUMNS = [
  "kind",
  "role",
  "role_id",
  "by",
  "subject",
  "provider",
  "error",
  "session",
  "source",
  "name",
  "denied",
  "account",
  "region",
  "category",
  "read_only",
  "times",
  "first_time",
  "last_time",
] as const;

export type Column = (typeof COLUMNS)[number];
