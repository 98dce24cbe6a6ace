const { randomUUID } = require("node:crypto");
const { mkdir, open, readFile, rm, stat, utimes } = require("node:fs/promises");
const { hostname } = require("node:os");
const path = require("node:path");
const { setTimeout: sleep } = require("node:timers/promises");

const POLL_MS = 100;
const HEARTBEAT_MS = 5_000;
/** Without a sign of life for so long, the owner is gone (it may have been on another host, where no pid tells). */
const SILENCE_MS = 120_000;
/** Creating a lock takes two system calls; a file without an owner for so long was left by a process that died between them. */
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
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    if ((await owner(file))?.token === token) await rm(file, { force: true });
  }
}

async function tryToOwn(file, token) {
  try {
    const handle = await open(file, "wx");
    await handle.writeFile(JSON.stringify({ token, pid: process.pid, host: hostname() }));
    await handle.close();
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
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
  return age > SILENCE_MS || (held.host === hostname() && !isAlive(held.pid));
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
    return true;
  } catch (error) {
    return error.code !== "ESRCH";
  }
}

/** Under a lock of its own: of two who see the same stale lock, the slower one would delete the lock of the faster one. */
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
