import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { cp, mkdir, readdir, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { types } from "node:util";
import { z } from "zod";
import type { RunResult } from "../../../lib/process/run";
import { notRun } from "./not-run";

/** What a step that saves or restores a cache works with. */
export interface CacheSettings {
  /** The folder of all caches. */
  readonly caches: string;
  readonly checkout: string;
  readonly env: NodeJS.ProcessEnv;
}

type Action = { readonly [name: string]: (argument: string, settings: CacheSettings) => string };

/** CircleCI docs, "Using caching", "Using keys and templates". */
const FIELDS: Action = {
  ".Branch": (_, { env }) => env.CIRCLE_BRANCH ?? "",
  ".BuildNum": (_, { env }) => env.CIRCLE_BUILD_NUM ?? "",
  ".Revision": (_, { env }) => env.CIRCLE_SHA1 ?? "",
  arch: () => `${process.platform}-${process.arch}`,
  checksum: (file, { checkout }) =>
    createHash("sha256")
      .update(readFileSync(path.join(checkout, file)))
      .digest("base64"),
  epoch: () => String(Math.floor(Date.now() / 1000)),
};
const TEMPLATE = /\{\{\s*(?<name>[.\w]+)(?:\s+"(?<argument>[^"]*)")?\s*\}\}/g;

/**
 * Makes sure that a key can be computed here.
 * @throws ProjectError `config-not-run`
 */
export function requireKnownKey(key: string, job: string): void {
  const rest = key.replaceAll(TEMPLATE, (template, name: string) => (isKnown(name) ? "" : template));
  if (!rest.includes("{{")) return;
  throw notRun(
    `the cache key ${JSON.stringify(key)} of the job "${job}" has a template that is not supported`,
  );
}

function isKnown(name: string): boolean {
  return Object.hasOwn(FIELDS, name) || name.startsWith(".Environment.");
}

function computed(key: string, settings: CacheSettings): string {
  return key.replaceAll(TEMPLATE, (_, name: string, argument = "") => {
    const variable = /^\.Environment\.(.+)$/.exec(name)?.[1];
    if (variable !== undefined) return settings.env[variable] ?? "";
    return FIELDS[name]?.(argument, settings) ?? "";
  });
}

/** Saves paths under a key, unless it has a cache already: caches do not change. */
export function saveCache(
  { key, paths }: { readonly key: string; readonly paths: readonly string[] },
  settings: CacheSettings,
): Promise<RunResult> {
  return asStep(async () => {
    const name = computed(key, settings);
    const target = path.join(settings.caches, encodeURIComponent(name));
    if (existsSync(target)) return `found a cache for ${name}, which is kept`;
    const partial = `${target}.${process.pid}.tmp`;
    await mkdir(partial, { recursive: true });
    for (const [index, one] of paths.entries()) {
      const from = placeOf(one, settings);
      // CircleCI warns of a path that does not exist, and saves the others.
      if (existsSync(from)) await cp(from, path.join(partial, String(index)), { recursive: true });
    }
    await writeFile(path.join(partial, "paths.json"), JSON.stringify(paths));
    await rename(partial, target);
    return `saved a cache for ${name}`;
  });
}

/**
 * Restores the cache of the first key that is the beginning of a cache's key; the newest of these.
 */
export function restoreCache(keys: readonly string[], settings: CacheSettings): Promise<RunResult> {
  return asStep(async () => {
    await mkdir(settings.caches, { recursive: true });
    const saved = (await readdir(settings.caches)).filter((name) => !name.endsWith(".tmp"));
    for (const key of keys) {
      const name = computed(key, settings);
      const fitting = saved.filter((one) => decodeURIComponent(one).startsWith(name));
      const [newest] = fitting.map((one) => path.join(settings.caches, one)).sort(byAge);
      if (newest === undefined) continue;
      const paths = pathsSchema.parse(JSON.parse(readFileSync(path.join(newest, "paths.json"), "utf8")));
      for (const [index, one] of paths.entries()) {
        const from = path.join(newest, String(index));
        if (existsSync(from)) await cp(from, placeOf(one, settings), { recursive: true });
      }
      return `restored the cache ${decodeURIComponent(path.basename(newest))}`;
    }
    return "no cache is found for any of the keys";
  });
}

const pathsSchema = z.array(z.string());

/** The newest first. */
function byAge(one: string, other: string): number {
  return statSync(other).mtimeMs - statSync(one).mtimeMs;
}

/** A path in the home folder or in the checkout. */
function placeOf(one: string, { checkout, env }: CacheSettings): string {
  return one.startsWith("~/") ? path.join(env.HOME ?? "", one.slice(2)) : path.join(checkout, one);
}

/** A key of a file that does not exist fails the step, as in CircleCI. */
async function asStep(work: () => Promise<string>): Promise<RunResult> {
  try {
    return { exitCode: 0, signal: null, stdout: await work(), stderr: "" };
  } catch (error) {
    const isMissing = types.isNativeError(error) && "code" in error && error.code === "ENOENT";
    if (!isMissing) throw error;
    return { exitCode: 1, signal: null, stdout: "", stderr: `error computing cache key: ${error.message}` };
  }
}
