import { oneLine, retryAfterOf } from "../../lib/http/answer";
import { safeUrl } from "../../lib/http/safe-url";

const wait = (headers: Readonly<Record<string, string>>): number | undefined =>
  retryAfterOf((name) => headers[name]);

describe("the wait that a host requests", () => {
  test.each<[string, Readonly<Record<string, string>>, number | undefined]>([
    ["seconds", { "retry-after": "7" }, 7_000],
    ["before a reset", { "retry-after": "7", "ratelimit-remaining": "0", "ratelimit-reset": "99" }, 7_000],
    ["a reset in seconds from now", { "ratelimit-remaining": "0", "ratelimit-reset": "30" }, 30_000],
    ["the same, under an older name", { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "30" }, 30_000],
    ["a reset while calls remain", { "ratelimit-remaining": "1", "ratelimit-reset": "30" }, undefined],
    ["a time that has passed", { "retry-after": "Wed, 21 Oct 2015 07:28:00 GMT" }, 0],
    ["no time", { "retry-after": "soon" }, undefined],
    ["nothing", {}, undefined],
  ])("%s", (_, headers, ms) => {
    expect(wait(headers)).toBe(ms);
  });

  test("a reset as a time", () => {
    const now = Date.UTC(2026, 10, 29);
    const clock = jest.spyOn(Date, "now").mockReturnValue(now);
    expect(wait({ "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(now / 1_000 + 60) })).toBe(
      60_000,
    );
    expect(wait({ "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(now / 1_000 - 60) })).toBe(0);
    clock.mockRestore();
  });
});

test.each([
  ["https://circleci.example.com", true],
  ["http://127.0.0.1:8080/base", true],
  ["http://localhost", true],
  ["http://circleci.example.com", false],
  ["http://127.0.0.1.example.com", false],
  ["https://user:secret@circleci.example.com", false],
  ["https://circleci.example.com/?to=elsewhere", false],
  ["https://circleci.example.com/#part", false],
  ["ftp://circleci.example.com", false],
  ["circleci.example.com", false],
])("a token may go to %s: %s", (text, isSafe) => {
  expect(safeUrl(text) !== undefined).toBe(isSafe);
});

test("the message of a host is one short line without control characters", () => {
  expect(oneLine("no\u001b[31m\nwords\u202e ")).toBe("no [31m words");
  expect(oneLine("x".repeat(400))).toHaveLength(301);
});
