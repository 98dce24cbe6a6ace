import { describeError, exitCodeOf, ProjectError } from "../../lib/errors";

describe("a ProjectError", () => {
  const cause = new Error("socket closed");
  const full = new ProjectError({
    code: "state-bucket-not-ours",
    message: 'the bucket "acme" belongs to another account',
    fix: "choose another name",
    found: "acme",
    exitCode: 2,
    cause,
  });

  test("keeps all of its arguments", () => {
    expect({ ...full }).toEqual({
      name: "ProjectError",
      code: "state-bucket-not-ours",
      fix: "choose another name",
      found: "acme",
      exitCode: 2,
    });
    expect(full.message).toBe('the bucket "acme" belongs to another account');
    expect(full.cause).toBe(cause);
    expect(full).toBeInstanceOf(Error);
  });

  test("without an exit code it is a failure, not wrong input; without a cause it has none", () => {
    const bare = new ProjectError({ code: "wrong-call", message: "m" });
    expect(bare.exitCode).toBe(1);
    expect("cause" in bare).toBe(false);
    expect(bare.fix).toBeUndefined();
  });

  test("is shown as code, message and fix, without a stack", () => {
    expect(describeError(full)).toBe(
      'error[state-bucket-not-ours]: the bucket "acme" belongs to another account\n  → choose another name',
    );
    expect(describeError(new ProjectError({ code: "wrong-call", message: "m" }))).toBe(
      "error[wrong-call]: m",
    );
  });
});

describe("an unexpected error", () => {
  test("is shown with its stack, to find the cause", () => {
    const error = new TypeError("undefined is not a function");
    expect(describeError(error)).toBe(error.stack);
    expect(describeError(error)).toContain("errors.test.ts");
  });

  test("is shown even if it is not an Error or has no stack", () => {
    const stackless = new Error("gone");
    delete stackless.stack;
    expect(describeError(stackless)).toBe("gone");
    expect(describeError("text")).toBe("text");
    expect(describeError(undefined)).toBe("undefined");
  });
});

test.each([
  [new ProjectError({ code: "wrong-call", message: "m", exitCode: 2 }), 2],
  [new ProjectError({ code: "wrong-call", message: "m" }), 1],
  [new Error("m"), 1],
  ["text", 1],
])("exit code of %s: %i", (error, code) => {
  expect(exitCodeOf(error)).toBe(code);
});
