import path from "node:path";
import type { ReadDocument } from "../config/checks/documents";
import { ProjectError } from "../errors";
import { readInput } from "./read-input";

/** IAM allows 10,240 characters, not counting white space. */
const MAX_BYTES = 256 * 1024;

/**
 * Reads the policy files that access.yaml names, relative to its folder.
 * @param accessFile path of access.yaml
 */
export function documentsBeside(accessFile: string): ReadDocument {
  const folder = path.dirname(accessFile);
  return (file) => {
    try {
      return { text: readInput(path.join(folder, file), MAX_BYTES) };
    } catch (error) {
      if (!(error instanceof ProjectError)) throw error;
      return {
        violation: {
          code: error.code === "input-missing" ? "document-missing" : "document-unreadable",
          message: error.message,
          found: file,
          allowed: "a file below the folder of access.yaml",
          fix: "restore the file, or remove the key",
        },
      };
    }
  };
}
