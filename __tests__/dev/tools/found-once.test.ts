import path from "node:path";

const { findOnce } = require("../../found-once.cjs");

const ROOT = `${path.sep}project${path.sep}`;

/** The parts of a jest runtime that are replaced: what they were asked is in `asked`. */
function aRuntime(asked: string[]) {
  const transforms = new Map<string, object>();
  const sourceMaps = new Map<string, string>();
  return {
    _resolution: {
      resolveCjs: (from: string, name: string) => {
        asked.push(`resolve ${name}`);
        if (name === "./none") throw new Error(`no ${name} from ${from}`);
        return path.resolve(path.dirname(from), name);
      },
      getCjsMockModule: (_from: string, name: string) => {
        asked.push(`mock ${name}`);
        return null;
      },
    },
    transformCache: {
      transforms,
      sourceMaps,
      transform: (file: string, options?: { isInternalModule: boolean }) => {
        asked.push(`read ${file}`);
        if (options?.isInternalModule) return "as it is";
        transforms.set(file, {});
        sourceMaps.set(file, `${file}.map`);
        return "compiled";
      },
    },
    jestGlobals: { jestObjectFor: (file: string) => `jest of ${file}` },
  };
}

/** A runtime for another test file. */
function next(asked: string[], resolver: object) {
  const runtime = aRuntime(asked);
  findOnce(runtime, resolver, ROOT);
  return runtime;
}

function use({ _resolution, transformCache }: ReturnType<typeof aRuntime>, from: string, name: string) {
  const file = _resolution.resolveCjs(from, name);
  _resolution.getCjsMockModule(from, name);
  return [
    transformCache.transform(file),
    transformCache.sourceMaps.get(file),
    transformCache.transforms.size,
  ];
}

test("what one test file found in the project, the next one has without a search", () => {
  const asked: string[] = [];
  const resolver = {};
  const whole = ["compiled", `${ROOT}b.map`, 1];
  expect(use(next(asked, resolver), `${ROOT}a`, "./b")).toEqual(whole);
  expect(use(next(asked, resolver), `${ROOT}a`, "./b")).toEqual(whole);
  expect(asked).toEqual(["resolve ./b", "mock ./b", `read ${ROOT}b`]);
});

test("the same name in another folder, jest's own copy of a file and another run are searched", () => {
  const asked: string[] = [];
  const resolver = {};
  use(next(asked, resolver), `${ROOT}a`, "./b");
  expect(use(next(asked, resolver), `${ROOT}lib/a`, "./b")).toEqual(["compiled", `${ROOT}lib/b.map`, 1]);
  expect(next(asked, resolver).transformCache.transform(`${ROOT}b`, { isInternalModule: true })).toBe(
    "as it is",
  );
  use(next(asked, {}), `${ROOT}a`, "./b");
  expect(asked.filter((one) => one === `read ${ROOT}b`)).toHaveLength(3);
  expect(asked.filter((one) => one === "resolve ./b")).toHaveLength(3);
});

test("what lies outside the project, and what was not found, is looked for each time", () => {
  const asked: string[] = [];
  const runtime = next(asked, {});
  for (const _time of ["first", "second"]) {
    use(runtime, "/elsewhere/a", "./b");
    expect(() => runtime._resolution.resolveCjs(`${ROOT}a`, "./none")).toThrow("no ./none");
  }
  expect(asked).toEqual([
    ...["resolve ./b", "mock ./b", "read /elsewhere/b", "resolve ./none"],
    ...["resolve ./b", "read /elsewhere/b", "resolve ./none"],
  ]);
});

test("only tests get jest's functions", () => {
  const { jestGlobals } = next([], {});
  expect([`${ROOT}__tests__/a.test.ts`, `${ROOT}lib/a.ts`].map(jestGlobals.jestObjectFor)).toEqual([
    `jest of ${ROOT}__tests__/a.test.ts`,
    undefined,
  ]);
});
