import { ProjectError } from "../errors";

/**
 * Reads something that is in a file; an error about it names the file first.
 * @throws ProjectError as `read` does
 */
export function namingFile<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ProjectError) || error.message.includes(file)) throw error;
    const { code, fix, found, exitCode } = error;
    throw new ProjectError({
      code,
      message: `${file}: ${error.message}`,
      exitCode,
      cause: error,
      ...(fix === undefined ? {} : { fix }),
      ...(found === undefined ? {} : { found }),
    });
  }
}
