import vm from "node:vm";

const { compiledOnce } = require("../../compiled-once.cjs");

const NAMES = ["module", "exports"];
let compile: typeof vm.compileFunction;

beforeEach(() => {
  compile = compiledOnce({ compileFunction: () => () => "not kept" });
});

/** Runs a module in a new context, as jest does for each test file. */
function run(source: string, filename = "/a.js"): Record<string, unknown> {
  const module = { exports: {} };
  const options = { filename, parsingContext: vm.createContext({}), importModuleDynamically: jest.fn() };
  compile(source, NAMES, options).call(module.exports, module, module.exports);
  return module.exports;
}

test("a module that was compiled before has its own state and globals", () => {
  const source = "let count = 0; exports.next = () => ++count; exports.Array = Array;";
  const [first, second] = [run(source), run(source)] as const;
  const next = ({ next }: Record<string, unknown>) => (typeof next === "function" ? next() : undefined);
  expect([next(first), next(first), next(second)]).toEqual([1, 2, 1]);
  expect(first.Array).not.toBe(second.Array);
});

test("another source of the same file, and the same source of another file, are compiled", () => {
  expect([run("exports.a = 1"), run("exports.a = 2")]).toEqual([{ a: 1 }, { a: 2 }]);
  expect(() => run("throw Error()", "/b.js")).toThrow(expect.objectContaining({ stack: stackAt("/b.js") }));
  expect(() => run("throw Error()", "/c.js")).toThrow(expect.objectContaining({ stack: stackAt("/c.js") }));
});

test("strict code stays strict, and a last line may be a comment", () => {
  expect(run('"use strict"; exports.that = (function () { return this; })(); // the end').that).toBe(
    undefined,
  );
});

test("any other call compiles as before", () => {
  expect(compile("return 1", [], {})()).toBe("not kept");
});

/** The place of the error in the file, as if the code stood there alone. */
function stackAt(file: string) {
  return expect.stringContaining(`${file}:1:7`);
}
