import path from "node:path";
import type { ReadDocument } from "../config/checks/documents";
import { ProjectError } from "../errors";
import { readInput } from "./read-input";

/** A policy has at most 10,240 characters in AWS, whatever white space people put into its file. */
const MAX_BYTES = 256 * 1024;

/**
 * Reads the policies that an access.yaml names, from the folder that it lies in. @param accessFile
 * its path
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
