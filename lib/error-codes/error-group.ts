/** What one error code means. */
interface ErrorEntry {
  /** What happened: complete sentences. */
  readonly cause: string;
  /** What to do about it: complete sentences. */
  readonly fix: string;
}

/** The error codes of one area, as a section of docs/errors.md. */
export interface ErrorGroup {
  readonly title: string;
  /** The page of docs/ that explains the area. */
  readonly guide: string;
  readonly intro: string;
  readonly codes: Readonly<Record<string, ErrorEntry>>;
}
