import { withoutStackTraces } from "../../constructs/without-stack-traces";

const original = Error.captureStackTrace;

function capturesNow(): boolean {
  const target: { stack?: string } = {};
  Error.captureStackTrace(target);
  return target.stack !== undefined;
}

describe("withoutStackTraces", () => {
  test("returns the result, and takes no stack traces during the call, only before and after", () => {
    expect(capturesNow()).toBe(true);
    expect(withoutStackTraces(() => capturesNow())).toBe(false);
    expect(capturesNow()).toBe(true);
    expect(Error.captureStackTrace).toBe(original);
  });

  test("restores after an error too, and the error keeps its stack", () => {
    const error = new TypeError("gone wrong");
    const fail = (): never => {
      throw error;
    };
    expect(() => withoutStackTraces(fail)).toThrow(error);
    expect(Error.captureStackTrace).toBe(original);
  });

  test("an error created during the call has a stack with its place", () => {
    const error = withoutStackTraces(function placeOfTheError() {
      return new Error("noted");
    });
    expect(error.stack).toContain("placeOfTheError");
  });

  test("can be nested", () => {
    withoutStackTraces(() => {
      withoutStackTraces(() => undefined);
      expect(capturesNow()).toBe(false);
    });
    expect(Error.captureStackTrace).toBe(original);
  });
});
