import { ProjectError } from "../errors";

/**
 * Runs `read`; the message of its error begins with the file.
 * @throws ProjectError as `read`
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
