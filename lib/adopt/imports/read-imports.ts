import { existsSync } from "node:fs";
import path from "node:path";
import { accessFile } from "../../project/project-root";
import { readInput } from "../../project/read-input";
import { IMPORTS_FILE, parseImports } from "./imports-file";
import { NO_TRANSFERS, type Transfers } from "./transfers";

/** Path of imports.json, in the folder of access.yaml. @param file path of access.yaml */
export function importsFile(file: string = accessFile()): string {
  return path.join(path.dirname(file), IMPORTS_FILE);
}

/**
 * Reads imports.json; without the file there are no transfers.
 * @param file path of access.yaml
 * @throws ProjectError of `readInput` and `parseImports` (exit 2)
 */
export function readImports(file: string = accessFile()): Transfers {
  const imports = importsFile(file);
  return existsSync(imports) ? parseImports(readInput(imports), imports) : NO_TRANSFERS;
}
