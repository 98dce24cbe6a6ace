import { existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { restoreCache, saveCache } from "../../../../dev/sandbox/runner/cache";
import { removeScratchFolders, scratchFolder } from "../../../programs/support";

afterAll(removeScratchFolders);

/** A job with a lock file and an installed package in its home folder. */
function aJob(caches: string, lock = "1") {
  const folder = scratchFolder();
  const [checkout, HOME] = [path.join(folder, "project"), path.join(folder, "home")];
  const file = path.join(HOME, ".npm", "package");
  mkdirSync(checkout);
  writeFileSync(path.join(checkout, "package-lock.json"), lock);
  const settings = { caches, checkout, env: { HOME, CIRCLE_BRANCH: "main", NODE: "22" } };
  return {
    install: (text: string) => {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
    },
    installed: () => (existsSync(file) ? readFileSync(file, "utf8") : undefined),
    save: (key: string) => saveCache({ key, paths: ["~/.npm", "missing"] }, settings),
    restore: (...keys: readonly string[]) => restoreCache(keys, settings),
  };
}

const BY_LOCK = 'v1-{{ .Environment.NODE }}-{{ checksum "package-lock.json" }}';

test("a later job restores what was saved for the same lock file, and for another one what begins alike", async () => {
  const caches = scratchFolder();
  const first = aJob(caches);
  first.install("one");
  expect(await first.save(BY_LOCK)).toMatchObject({ exitCode: 0 });
  const same = aJob(caches);
  await same.restore(BY_LOCK);
  expect(same.installed()).toBe("one");
  const other = aJob(caches, "2");
  await other.restore(BY_LOCK);
  expect(other.installed()).toBeUndefined();
  await other.restore(BY_LOCK, "v1-22-");
  expect(other.installed()).toBe("one");
  const older = aJob(caches);
  await older.restore("v0-");
  expect(older.installed()).toBeUndefined();
});

test("a cache does not change, and the newest of several is restored", async () => {
  const caches = scratchFolder();
  const job = aJob(caches);
  for (const [key, text] of [
    ["v1-a", "first"],
    ["v1-a", "again"],
    ["v1-b", "second"],
  ] as const) {
    job.install(text);
    await job.save(key);
  }
  utimesSync(path.join(caches, "v1-a"), 1, 1);
  await job.restore("v1-a");
  expect(job.installed()).toBe("first");
  await job.restore("v1-");
  expect(job.installed()).toBe("second");
});

test("a checksum of a file that does not exist fails the step", async () => {
  const job = aJob(scratchFolder());
  expect(await job.restore('v1-{{ checksum "yarn.lock" }}')).toMatchObject({
    exitCode: 1,
    stderr: expect.stringMatching(/^error computing cache key: ENOENT.*yarn\.lock/),
  });
});
