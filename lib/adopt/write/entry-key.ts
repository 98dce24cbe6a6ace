import { keyPattern } from "../../config/rules/names";

/**
 * A key made from a role's name: without the project's before it, and of characters that a key has.
 */
export function keyFor(name: string, project: string, taken: ReadonlySet<string>): string {
  const own = name.startsWith(`${project}-`) ? name.slice(project.length + 1) : name;
  const plain = own
    .replace(/[^A-Za-z0-9_-]/g, "-")
    .replace(/^(?![A-Za-z])/, "role-")
    .slice(0, 60);
  if (!new RegExp(keyPattern).test(plain)) throw new Error(`no key can be made of ${name}`);
  let key = plain;
  for (let count = 2; taken.has(key); count++) key = `${plain}-${count}`;
  return key;
}
