const { randomUUID } = require("node:crypto");
const { readFileSync, renameSync, writeFileSync } = require("node:fs");
const { mkdir, open, readFile, rm, stat, utimes } = require("node:fs/promises");
const { hostname } = require("node:os");
const path = require("node:path");
const { setTimeout: sleep } = require("node:timers/promises");

const POLL_MS = 100;
const HEARTBEAT_MS = 5_000;
/**
 * A lock without a heartbeat for this time is stale. Its owner may be on another host, where the
 * process id says nothing.
 */
const SILENCE_MS = 120_000;
/**
 * Creating a lock takes two system calls. A file without an owner for this time was left by a
 * process that died between them.
 */
const UNOWNED_MS = 10_000;

/** Types and contract: lock.d.cts. */
async function withLock(file, work, { onWait } = {}) {
  await mkdir(path.dirname(file), { recursive: true });
  const token = randomUUID();
  for (let waited = false; !(await tryToOwn(file, token)); await sleep(POLL_MS)) {
    if (await isStale(file)) await breakLock(file);
    else if (!waited) {
      waited = true;
      onWait?.();
    }
  }
  const heartbeat = setInterval(
    () => utimes(file, new Date(), new Date()).catch(() => undefined),
    HEARTBEAT_MS,
  );
  heartbeat.unref();
  const children = [];
  const shareWith = (pid) => {
    children.push(pid);
    // Synchronously: this process could be killed before the next tick of the event loop.
    writeFileSync(`${file}.${token}`, content(token, children));
    renameSync(`${file}.${token}`, file);
  };
  try {
    return await work(shareWith);
  } finally {
    clearInterval(heartbeat);
    if ((await owner(file))?.token === token) await rm(file, { force: true });
  }
}

async function tryToOwn(file, token) {
  try {
    const handle = await open(file, "wx");
    await handle.writeFile(content(token));
    await handle.close();
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
}

function content(token, children = []) {
  return JSON.stringify({ token, pid: process.pid, host: hostname(), children });
}

async function owner(file) {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch {
    return undefined;
  }
}

async function isStale(file) {
  const age = await ageOf(file);
  if (age === undefined) return false;
  const held = await owner(file);
  if (held === undefined) return age > UNOWNED_MS;
  if (age > SILENCE_MS) return true;
  return held.host === hostname() && ![held.pid, ...(held.children ?? [])].some(isAlive);
}

async function ageOf(file) {
  try {
    return Date.now() - (await stat(file)).mtimeMs;
  } catch {
    return undefined;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code !== "ESRCH";
  }
  return !isZombie(pid);
}

/** It has ended but was not reaped: in a container, the first process often does not reap. */
function isZombie(pid) {
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

/**
 * Under a separate lock: if two processes see the same stale lock, the slower one would delete the
 * new lock of the faster one.
 */
async function breakLock(file) {
  const breaking = `${file}.breaking`;
  if (!(await tryToOwn(breaking, "breaking"))) {
    if (((await ageOf(breaking)) ?? 0) > UNOWNED_MS) await rm(breaking, { force: true });
    return;
  }
  if (await isStale(file)) await rm(file, { force: true });
  await rm(breaking, { force: true });
}

module.exports = { withLock };
