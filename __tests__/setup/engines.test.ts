import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { repositoryRoot } from "../../lib/programs/cache";

const read = (name: string): unknown => JSON.parse(readFileSync(path.join(repositoryRoot, name), "utf8"));
const engines = z.object({ node: z.string().optional() });
const manifest = z.object({ engines: z.object({ node: z.string() }) }).parse(read("package.json"));
const lock = z
  .object({
    packages: z.record(
      z.string(),
      z.object({ dev: z.boolean().optional(), engines: z.union([engines, z.array(z.string())]).optional() }),
    ),
  })
  .parse(read("package-lock.json"));

/** The three numbers of a version, missing ones as 0. */
function numbersOf(version: string): readonly number[] {
  const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
  return [major, minor, patch];
}

/**
 * Whether a range of the forms that packages state (`>=20`, `^12.22 || >=16`, `20 || >=22`, `*`)
 * has a version.
 */
function includes(range: string, version: string): boolean {
  const [major = 0] = numbersOf(version);
  return range.split("||").some((part) => {
    const terms = part
      .trim()
      .replace(/([<>=^~]) +/g, "$1")
      .split(/\s+/);
    return terms.every((term) => {
      const [, operator = "", bound = ""] = /^([<>=^~]*)v?([\d.x*]*)$/.exec(term) ?? ["", "?", ""];
      if (bound === "" || bound === "*") return operator !== "?";
      const [least] = numbersOf(bound.replace(/[x*]/g, "0"));
      const order = numbersOf(version).reduce(
        (sum, one, at) => sum || one - (numbersOf(bound.replace(/[x*]/g, "0"))[at] ?? 0),
        0,
      );
      if (operator === ">=") return order >= 0;
      if (operator === "<") return order < 0;
      if (operator === "^" || operator === "~") return order >= 0 && major === least;
      return operator === "" && major === least;
    });
  });
}

const least = /^>=(\d+\.\d+\.\d+)$/.exec(manifest.engines.node)?.[1] ?? "";

test("engines is the least Node that every package which is installed for users allows", () => {
  expect(least).not.toBe("");
  const refusing = Object.entries(lock.packages).filter(([name, { dev, engines: stated }]) => {
    const range = stated === undefined || Array.isArray(stated) ? undefined : stated.node;
    return name !== "" && dev !== true && range !== undefined && !includes(range, least);
  });
  expect(refusing.map(([name]) => name)).toEqual([]);
});

test("and no lower one: a package that is installed for users states it", () => {
  const stated = Object.values(lock.packages).flatMap(({ dev, engines: one }) =>
    dev === true || one === undefined || Array.isArray(one) ? [] : [one.node ?? ""],
  );
  const [major = 0, minor = 0] = numbersOf(least);
  expect(stated.some((range) => !includes(range || "*", `${major}.${minor - 1}.0`))).toBe(true);
});

test.each([
  [">=20", "20.9.0", true],
  [">= 20.9.0", "20.8.0", false],
  ["^12.22.0 || ^14.17.0 || >=16.0.0", "20.9.0", true],
  ["^18.17.0 || >=20.10.0", "20.9.0", false],
  ["20 || >=22", "20.9.0", true],
  ["20 || >=22", "21.0.0", false],
  [">=18 <20", "20.9.0", false],
  ["*", "20.9.0", true],
  ["unknown words", "20.9.0", false],
])("the range %s and Node %s: %p", (range, version, expected) => {
  expect(includes(range, version)).toBe(expected);
});
