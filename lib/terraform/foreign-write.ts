import { realpathSync, type Stats, statSync } from "node:fs";
import path from "node:path";

const OTHERS = 0o002;
const GROUP = 0o020;
/** Where everyone may create files, and only their owner may rename or remove them, as in /tmp. */
const STICKY = 0o1000;

/** Whose files are trusted: those of root and of the user who runs the command. */
export interface Self {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Why other users of this machine could replace a program in a folder: the first folder or file on
 * its path that someone other than root and the user owns, or may write. The user's own group is
 * trusted, since many systems make one for each user.
 * @param folder the folder that is trusted as a whole, such as a mirror
 * @param inside a file below it
 * @returns such as "/srv/mirror is writable by every user (mode 777)"; undefined: no other user can
 */
export function foreignWrite(
  folder: string,
  inside: string,
  self: Self | undefined = own(),
): string | undefined {
  // Windows has no such modes.
  if (self === undefined) return undefined;
  const file = path.resolve(inside);
  const places = new Set([...pathTo(file), ...pathTo(realpathSync(file))]);
  for (const place of places) {
    const isWithin = place === path.resolve(folder) || place.startsWith(`${path.resolve(folder)}${path.sep}`);
    const why = reasonFor(statSync(place), isWithin, self);
    if (why !== undefined) return `${place} ${why}`;
  }
  return undefined;
}

function own(): Self | undefined {
  const [uid, gid] = [process.getuid?.(), process.getgid?.()];
  return uid === undefined || gid === undefined ? undefined : { uid, gid };
}

/** From the root to the file. */
function pathTo(file: string): readonly string[] {
  const above = path.dirname(file);
  return above === file ? [file] : [...pathTo(above), file];
}

function reasonFor({ mode, uid, gid }: Stats, isWithin: boolean, self: Self): string | undefined {
  const shown = `(mode ${(mode & 0o7777).toString(8)})`;
  if (uid !== 0 && uid !== self.uid) return `belongs to another user (uid ${uid})`;
  // A folder such as /tmp keeps what others own from being replaced, but takes new files from all.
  if (!isWithin && (mode & STICKY) !== 0) return undefined;
  if ((mode & OTHERS) !== 0) return `is writable by every user ${shown}`;
  if ((mode & GROUP) !== 0 && gid !== 0 && gid !== self.gid) return `is writable by group ${gid} ${shown}`;
  return undefined;
}
