import { parallelism } from "../../../lib/deliver/call/parallelism";
import { checkReviewCall, type ReviewCall } from "../../../lib/deliver/call/review-call";
import { codeOf } from "../../fixtures/project-error";

const check = (call: Partial<ReviewCall>) =>
  codeOf(() => checkReviewCall({ stacks: [], access: true, ...call }));

test.each<Partial<ReviewCall>>([
  {},
  {
    stacks: ["main-website"],
    readOnly: true,
    out: "plans",
    changedSince: "main",
    parallelism: "2",
    failOn: "broader",
  },
  { plan: ["-"], access: false, failOn: "drift", json: true },
  { plan: ["plan"], chdir: "there" },
  { stacks: ["main-*"], account: ["main", "other"] },
  { shard: true, account: ["main"] },
  { merge: "plans", account: ["main", "other"] },
  { shard: true, times: "times.json", out: "plans", changedSince: "main", readOnly: true },
  { merge: "plans", times: "times.json", failOn: "broader", json: true },
])("%j is a call", (call) => expect(check(call)).toBe("no error"));

test.each<Partial<ReviewCall>>([
  { access: false },
  { chdir: "there" },
  { plan: ["-"], stacks: ["main-website"] },
  { plan: ["-"], readOnly: true },
  { plan: ["-"], out: "plans" },
  { plan: ["-"], shard: true },
  { plan: ["-"], merge: "plans" },
  { plan: ["-"], changedSince: "main" },
  { plan: ["-"], times: "times.json" },
  { plan: ["-"], account: ["main"] },
  { shard: true, account: ["main", "other"] },
  { merge: "plans", stacks: ["main-website"] },
  { merge: "plans", shard: "1/2" },
  { merge: "plans", out: "plans" },
  { merge: "plans", readOnly: true },
  { merge: "plans", changedSince: "main" },
  { shard: "1/2", stacks: ["main-website"] },
  { shard: "1/2", failOn: "broader" },
  { shard: "1/2", json: true },
])("%j is invalid", (call) => expect(check(call)).toBe("wrong-call 2"));

test.each(["0", "-1", "", "1.5", "x", "257", "1e2"])("--parallelism %j is invalid", (text) =>
  expect(codeOf(() => parallelism(text))).toBe("wrong-call 2"),
);
test("--parallelism is a number, by default the number of cores", () => {
  expect(parallelism("3")).toBe(3);
  expect(parallelism(undefined)).toBeGreaterThanOrEqual(1);
});
