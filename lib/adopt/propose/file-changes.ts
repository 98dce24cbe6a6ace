import { printImports } from "../imports/imports-file";
import type { Transfers } from "../imports/transfers";
import type { EditedAccess } from "./edit-access";
import type { AdoptInput, FileChange } from "./proposal";

/**
 * The files to write, imports.json before access.yaml: a deploy between the two fails with a
 * mismatch instead of creating resources.
 */
export function changesFor(
  present: AdoptInput,
  edited: EditedAccess,
  transfers: Transfers,
): readonly FileChange[] {
  const { text, file, importsFile, importsText, readFile, pathOf } = present;
  const documents = [...edited.documents].sort(([one], [other]) => (one < other ? -1 : 1));
  const imports = printImports(transfers);
  const isEmpty = transfers.size === 0 && importsText === undefined;
  const all: readonly FileChange[] = [
    ...documents.map(([name, after]) => changeOf(pathOf(name), readFile(name), after)),
    ...(isEmpty ? [] : [changeOf(importsFile, importsText, imports)]),
    changeOf(file, text, edited.text),
  ];
  return all.filter(({ before, after }) => before !== after);
}

function changeOf(file: string, before: string | undefined, after: string): FileChange {
  return before === undefined ? { file, after } : { file, before, after };
}
