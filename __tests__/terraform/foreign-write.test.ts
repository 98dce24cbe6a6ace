import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { foreignWrite } from "../../lib/terraform/foreign-write";

let base: string;
let mirror: string;
let file: string;
const { uid, gid } = statSync(realpathSync(process.cwd()));
const me = { uid: process.getuid?.() ?? uid, gid: process.getgid?.() ?? gid };

beforeEach(() => {
  base = mkdtempSync(path.join(realpathSync(tmpdir()), "foreign-"));
  mirror = path.join(base, "mirror");
  mkdirSync(path.join(mirror, "deep"), { recursive: true, mode: 0o755 });
  file = path.join(mirror, "deep", "provider");
  writeFileSync(file, "", { mode: 0o755 });
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

test("no other user can write below a folder of one's own, also where it is in /tmp", () => {
  expect(foreignWrite(mirror, file, me)).toBeUndefined();
});

test.each<[string, () => string, number, RegExp]>([
  ["the file itself", () => file, 0o777, /provider is writable by every user \(mode 777\)$/],
  ["a folder inside", () => path.dirname(file), 0o757, /deep is writable by every user \(mode 757\)$/],
  ["the mirror", () => mirror, 0o757, /mirror is writable by every user/],
  ["the mirror, with the sticky bit: others may add files", () => mirror, 0o1777, /mode 1777/],
  [
    "a folder above it: the mirror could be exchanged",
    () => base,
    0o777,
    /foreign-\w+ is writable by every user/,
  ],
])("%s that everyone may write is refused with the reason", (_what, placeOf, mode, why) => {
  chmodSync(placeOf(), mode);
  expect(foreignWrite(mirror, file, me)).toMatch(why);
});

test("a folder above with the sticky bit, as /tmp has, keeps the mirror", () => {
  chmodSync(base, 0o1777);
  expect(foreignWrite(mirror, file, me)).toBeUndefined();
});

test("the user's own group is trusted, another group is not, and nor is another owner", () => {
  const { gid: group, uid: owner } = statSync(file);
  chmodSync(mirror, 0o775);
  expect(foreignWrite(mirror, file, { ...me, gid: group })).toBeUndefined();
  // Root's own files are trusted for every user; these are root's only where the tests run as root.
  const stranger = foreignWrite(mirror, file, { uid: owner + 1, gid: group + 1 });
  expect(stranger).toEqual(
    owner === 0 && group === 0 ? undefined : expect.stringMatching(/another user|group/),
  );
});

test("a link leads to what is checked: the folder behind it", () => {
  const link = path.join(base, "link");
  symlinkSync(mirror, link);
  chmodSync(mirror, 0o777);
  expect(foreignWrite(link, path.join(link, "deep", "provider"), me)).toMatch(
    /\/link is writable by every user/,
  );
});
