import { existsSync } from "node:fs";
import path from "node:path";

const NAMES = ["chromium", "chromium-browser", "google-chrome"];

/** Chromium on the PATH, by its usual names; undefined: there is none. */
export function findBrowser(): string | undefined {
  return NAMES.flatMap((name) =>
    (process.env.PATH ?? "").split(path.delimiter).map((folder) => path.join(folder, name)),
  ).find((file) => existsSync(file));
}
