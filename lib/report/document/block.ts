import { type Quoted, quoted } from "../../describe/phrase";

/**
 * A report before it is Markdown or HTML. Plain texts are written by this project. Texts from a
 * plan or a file are `Quoted`, and each printer keeps them from being read as markup.
 */
export type Block =
  | { readonly kind: "heading"; readonly text: Inline }
  | { readonly kind: "paragraph"; readonly text: Inline }
  | { readonly kind: "list"; readonly items: readonly ListItem[] }
  | {
      readonly kind: "table";
      readonly header: readonly Inline[];
      readonly rows: readonly (readonly Inline[])[];
      /**
       * The column that is read most; it stays readable where the table is wider than the screen.
       */
      readonly main?: string;
    }
  /** Folded: a reader opens it. */
  | { readonly kind: "details"; readonly summary: Inline; readonly blocks: readonly Block[] }
  /** Lines from a plan, each with what happens to it. */
  | { readonly kind: "diff"; readonly lines: readonly DiffLine[] }
  /** Lines to be copied into a shell. */
  | { readonly kind: "shell"; readonly lines: readonly string[] };

export interface ListItem {
  readonly text: Inline;
  readonly items?: readonly ListItem[];
}

export interface DiffLine {
  readonly mark: "+" | "-" | "!" | " ";
  readonly text: string;
}

export type Inline = readonly (string | Quoted | Strong | Link)[];

interface Strong {
  readonly strong: string;
}

interface Link {
  readonly text: string;
  /** https. */
  readonly url: string;
}

export function strong(text: string): Strong {
  return { strong: text };
}

/** The option that accepts a change, to be copied. */
export function acceptFlag(id: string): Quoted {
  return quoted(`--accept ${id}`);
}

/** Several names in a row, with commas between them. */
export function named(texts: readonly string[]): Inline {
  return texts.flatMap((text, index) => (index === 0 ? [quoted(text)] : [", ", quoted(text)]));
}
