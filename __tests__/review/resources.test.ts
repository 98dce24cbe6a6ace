import { readPlanJson } from "../../lib/review/plan/plan-json";
import { changesIn } from "../../lib/review/plan/resources";
import { plan, resource } from "./a-plan";

const one = (...args: Parameters<typeof resource>) => {
  const [change, ...others] = changesIn(readPlanJson(plan([resource(...args)]), "plan.json"));
  expect(others).toEqual([]);
  return change;
};

test.each<[actions: string[], change: object, is: string]>([
  [["create"], { before: null }, "create"],
  [["update"], {}, "update"],
  [["delete", "create"], {}, "replace"],
  [["create", "delete"], {}, "replace"],
  [["create", "forget"], {}, "replace"],
  [["delete"], { after: null }, "destroy"],
  [["forget"], { after: null }, "forget"],
  [["no-op"], { importing: { id: "x" } }, "import"],
  [["update"], { importing: { id: "x" } }, "import-and-update"],
  [["delete", "create"], { importing: { id: "x" } }, "import-and-replace"],
])("%j, %j: %s", (actions, change, is) => {
  expect(one("a.b", { actions, ...change })?.action).toBe(is);
});

test("nothing to do and data that is read are no changes; a move is one", () => {
  expect(one("a.b", { actions: ["no-op"] })).toBeUndefined();
  expect(one("a.b", { actions: ["read"] }, { mode: "data" })).toBeUndefined();
  expect(one("a.b", { actions: ["no-op"] }, { previous_address: "a.b" })).toBeUndefined();
  expect(one("a.b", { actions: ["no-op"] }, { previous_address: "a.a" })).toMatchObject({
    action: "move",
    previousAddress: "a.a",
  });
});

test("attributes that differ or will be known later are named, and what is sensitive is not shown", () => {
  const change = one("a.b", {
    before: { same: 1, secret: "hidden", list: [1], gone: "x" },
    after: { same: 1, secret: "hidden too", list: [1], gone: null },
    after_unknown: { id: true, nested: [{ part: true }], known: false, empty: [{}] },
    before_sensitive: { secret: true },
    after_sensitive: { secret: true },
  });
  expect(change?.attributes.map(({ path }) => path)).toEqual(["gone", "id", "nested", "secret"]);
  expect(JSON.stringify(change)).not.toContain("hidden");
});

test("a replacement says what forces it", () => {
  const change = one("a.b", {
    actions: ["delete", "create"],
    replace_paths: [["name"], ["rule", 0, "id"], ["name"]],
  });
  expect(change?.replacedFor).toEqual(["name", "rule.0.id"]);
});

test("an object that is only deposed is told apart from the one that stays", () => {
  expect(one("a.b", { actions: ["delete"], after: null }, { deposed: "4a1b" })?.address).toBe(
    "a.b (deposed 4a1b)",
  );
});

test("the order is by address, however the plan lists them", () => {
  const names = ["a.c", "a.a", "a.b"].map((address) => resource(address));
  const changes = changesIn(readPlanJson(plan(names), "plan.json"));
  expect(changes.map(({ address }) => address)).toEqual(["a.a", "a.b", "a.c"]);
});
