import type { Block, Inline } from "./block";

type Table = Extract<Block, { readonly kind: "table" }>;

/** A table without the columns that are empty in every row. The first column is always shown. */
export function withoutEmptyColumns({ header, rows, ...more }: Table): Table {
  const shown = header.map((_, at) => at === 0 || rows.some((row) => !isEmpty(row[at] ?? [])));
  const only = (row: readonly Inline[]): readonly Inline[] => row.filter((_, at) => shown[at] === true);
  return { ...more, header: only(header), rows: rows.map(only) };
}

function isEmpty(cell: Inline): boolean {
  return cell.every((part) => part === "");
}
