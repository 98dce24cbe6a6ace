import type { Quoted } from "../../describe/phrase";

/**
 * A report before it is Markdown or HTML. Texts are words of ours; whatever comes from outside is
 * quoted, and each printer makes sure that it stays what it is.
 */
export type Block =
  | { readonly kind: "heading"; readonly text: Inline }
  | { readonly kind: "paragraph"; readonly text: Inline }
  | { readonly kind: "list"; readonly items: readonly ListItem[] }
  | {
      readonly kind: "table";
      readonly header: readonly Inline[];
      readonly rows: readonly (readonly Inline[])[];
    }
  /** Shown when a reader asks for it. */
  | { readonly kind: "details"; readonly summary: Inline; readonly blocks: readonly Block[] }
  /** Foreign lines, with what becomes of each. */
  | { readonly kind: "diff"; readonly lines: readonly DiffLine[] };

export interface ListItem {
  readonly text: Inline;
  readonly items?: readonly ListItem[];
}

export interface DiffLine {
  readonly mark: "+" | "-" | "!" | " ";
  readonly text: string;
}

export type Inline = readonly (string | Quoted | Strong | Link)[];

export interface Strong {
  readonly strong: string;
}

export interface Link {
  readonly text: string;
  /** https. */
  readonly url: string;
}

export function strong(text: string): Strong {
  return { strong: text };
}

/** `1 plan`, `2 plans`, `1,000 plans`. */
export function counted(number: number, one: string, several = `${one}s`): string {
  return `${withSeparators(number)} ${number === 1 ? one : several}`;
}

export function withSeparators(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
}
