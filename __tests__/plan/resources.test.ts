import { plainText } from "../../lib/describe/phrase";
import { readPlanJson } from "../../lib/plan/plan-json";
import { referencesIn } from "../../lib/plan/references";
import { changedIn } from "../../lib/plan/resources";
import { maskFor } from "../../lib/plan/sensitive/masking";
import { plan, resource } from "./a-plan";

const all = (text: string, stack = "main") => {
  const read = readPlanJson(text, "plan.json");
  const settings = { stack, mask: maskFor(read) };
  const { plan: planned, deferred } = changedIn(read, settings);
  return { changes: planned.map(({ change }) => change), deferred: deferred.map(({ change }) => change) };
};
const one = (...args: Parameters<typeof resource>) => {
  const [change, ...others] = all(plan([resource(...args)])).changes;
  expect(others).toEqual([]);
  return change;
};
const why = (change: ReturnType<typeof one>) =>
  change?.reason === undefined ? undefined : plainText(change.reason);

test.each<[actions: string[], change: object, is: string]>([
  [["create"], { before: null }, "create"],
  [["update"], {}, "update"],
  [["delete", "create"], {}, "replace"],
  [["create", "delete"], {}, "replace"],
  [["create", "forget"], {}, "replace"],
  [["forget", "create"], {}, "replace"],
  [["delete"], { after: null }, "destroy"],
  [["forget"], { after: null }, "forget"],
  [["no-op"], { importing: { id: "x" } }, "import"],
  [["update"], { importing: { id: "x" } }, "import-and-update"],
  [["delete", "create"], { importing: { id: "x" } }, "import-and-replace"],
  [["no-op"], { importing: {} }, "import"],
])("%j, %j: %s", (actions, change, is) => {
  expect(one("a.b", { actions, ...change })?.action).toBe(is);
});

test("a no-op is not listed; a read and a move are", () => {
  expect(one("a.b", { actions: ["no-op"] })).toBeUndefined();
  expect(one("a.b", { actions: ["no-op"] }, { previous_address: "a.b" })).toBeUndefined();
  expect(one("a.b", { actions: ["no-op"] }, { previous_address: "a.a" })).toMatchObject({
    action: "move",
    previousAddress: "a.a",
  });
  const read = one(
    "data.a.b",
    { actions: ["read"] },
    { mode: "data", action_reason: "read_because_config_unknown" },
  );
  expect(read?.action).toBe("read");
  expect(why(read)).toBe("its configuration is known only after apply");
});

test("an ephemeral resource that OpenTofu opens is not a change; other actions on it are refused", () => {
  expect(one("ephemeral.a.b", { actions: ["Open"] }, { mode: "ephemeral" })).toBeUndefined();
  expect(() => one("a.b", { actions: ["Open"] })).toThrow(
    expect.objectContaining({ code: "plan-action-unknown" }),
  );
});

test("a resource that is moved and changed shows both", () => {
  const change = one("a.b", { before: { x: 1 }, after: { x: 2 } }, { previous_address: "a.a" });
  expect(change).toMatchObject({ action: "update", previousAddress: "a.a", attributes: [{ path: "x" }] });
});

test.each<[actions: string[], reason: string | undefined, is: string | undefined]>([
  [
    ["delete", "create"],
    "replace_because_cannot_update",
    "it cannot be updated in place; the old one is destroyed before the new one is created",
  ],
  [
    ["create", "delete"],
    "replace_because_tainted",
    "it is tainted: an earlier apply did not complete; the new one is created before the old one is destroyed",
  ],
  [
    ["create", "delete"],
    "replace_by_request",
    "requested with -replace; the new one is created before the old one is destroyed",
  ],
  [
    ["create", "forget"],
    "replace_by_triggers",
    "a reference in its replace_triggered_by changes; the old one remains in AWS, and Terraform forgets it",
  ],
  [["delete"], "delete_because_no_resource_config", "it is no longer in the configuration"],
  [["delete"], "delete_because_no_module", "its module is no longer in the configuration"],
  [["delete"], "delete_because_each_key", "its key is no longer in for_each"],
  [["delete"], "delete_because_count_index", "its index is beyond count"],
  [["delete"], "delete_because_wrong_repetition", "count or for_each was added or removed"],
  [
    ["delete"],
    "delete_because_no_move_target",
    "it was moved to an address that is not in the configuration",
  ],
  [["delete"], "delete_because_the_moon_is_full", "delete_because_the_moon_is_full"],
  [["delete"], undefined, undefined],
])("%j, %s: %s", (actions, reason, is) => {
  expect(why(one("a.b", { actions }, reason === undefined ? {} : { action_reason: reason }))).toBe(is);
});

test("an unknown reason is quoted", () => {
  expect(one("a.b", { actions: ["delete"] }, { action_reason: "@team" })?.reason).toEqual([
    { quoted: "@team" },
  ]);
});

test("an import shows its ID, its identity, or that it is known after apply", () => {
  const importing = (by: object) => one("a.b", { actions: ["no-op"], importing: by });
  expect(importing({ id: "acme-site" })?.importId).toBe("acme-site");
  expect(importing({ identity: { bucket: "acme-site" } })?.importId).toBe('{"bucket":"acme-site"}');
  expect(importing({ unknown: true })?.importId).toBeUndefined();
  expect(why(importing({ unknown: true }))).toBe("its import ID is known only after apply");
});

test("a replacement shows the attributes that force it", () => {
  const change = one("a.b", {
    actions: ["delete", "create"],
    replace_paths: [["name"], ["rule", 0, "id"], ["name"], ["tags", "a.b"]],
  });
  expect(change?.replacedFor).toEqual(["name", "rule[0].id", 'tags["a.b"]']);
});

test("a deferred change has its reason, and is not a change of this plan", () => {
  const deferred = (reason: string) =>
    all(
      plan([], {
        deferred_changes: [
          { reason, resource_change: resource("a.b[*]", { actions: ["create"], before: null }) },
        ],
      }),
    );
  const { changes, deferred: found } = deferred("instance_count_unknown");
  expect(changes).toEqual([]);
  expect(found).toMatchObject([
    { address: "a.b[*]", action: "create", reason: ["its count or for_each is known only after apply"] },
  ]);
  expect(deferred("@team").deferred).toMatchObject([{ reason: [{ quoted: "@team" }] }]);
});

test("a deposed object is distinguished from the current one", () => {
  expect(one("a.b", { actions: ["delete"], after: null }, { deposed: "4a1b" })?.address).toBe(
    "a.b (deposed 4a1b)",
  );
});

test("changes are sorted by address: any order in the plan gives the same bytes", () => {
  const resources = ["a.c", "a.a", "a.b"].map((address) =>
    resource(address, { before: { x: 1, y: { a: 1, b: 2 } }, after: { x: 2, y: { a: 1, b: 3 } } }),
  );
  const { changes } = all(plan(resources));
  expect(changes.map(({ address }) => address)).toEqual(["a.a", "a.b", "a.c"]);
  const turned = resources.toReversed().map(({ change, ...more }) => ({
    ...more,
    change: { ...change, before: { y: { b: 2, a: 1 }, x: 1 }, after: { y: { b: 3, a: 1 }, x: 2 } },
  }));
  expect(JSON.stringify(all(plan(turned)).changes)).toBe(JSON.stringify(changes));
});

describe("an id", () => {
  const idOf = (change: Parameters<typeof resource>[1], more: object = {}, stack = "main") =>
    all(plan([resource("a.b", change, more)]), stack)
      .changes.map(({ id }) => id)
      .join();
  const destroy = { actions: ["delete"], before: { name: "x" }, after: null };
  const secret = (value: string) => ({
    before: { pass: value, name: "x" },
    after: { pass: "next-secret", name: "y" },
    before_sensitive: { pass: true },
    after_sensitive: { pass: true },
  });

  test("is equal for equal changes, and begins with the kind of --fail-on", () => {
    expect(idOf(destroy)).toMatch(/^destroy-[0-9a-f]{12}$/);
    expect(idOf({ ...destroy, before: { name: "x", size: 1 } })).toBe(
      idOf({ ...destroy, before: { size: 1, name: "x" } }),
    );
    expect(idOf({ actions: ["delete", "create"], importing: { id: "x" } })).toMatch(/^replace-/);
    expect(idOf({ before: { a: 1 } })).toMatch(/^update-/);
  });

  test.each<[what: string, other: () => string]>([
    ["another stack", () => idOf(destroy, {}, "other")],
    ["another value", () => idOf({ ...destroy, before: { name: "y" } })],
    ["another reason", () => idOf(destroy, { action_reason: "delete_because_no_module" })],
    ["another address", () => idOf(destroy, { address: "a.c" })],
  ])("%s is another change", (_, other) => {
    expect(other()).not.toBe(idOf(destroy));
  });

  test("does not depend on a secret, which could otherwise be guessed", () => {
    expect(idOf(secret("one-secret"))).toBe(idOf(secret("another-secret")));
  });
});

describe("what becomes of the data of a data store", () => {
  const data = (type: string, before: object, after: object | null = null, actions?: readonly string[]) =>
    one(`aws_${type}.a`, {
      actions: actions ?? (after === null ? ["delete"] : ["update"]),
      before,
      after: after === null && actions !== undefined ? before : after,
    })?.dataLoss;

  test.each<[type: string, before: object, kept: string | undefined]>([
    ["db_instance", { identifier: "a", skip_final_snapshot: true }, undefined],
    ["db_instance", { identifier: "a", skip_final_snapshot: false }, "a final snapshot is kept"],
    [
      "db_instance",
      { identifier: "a", skip_final_snapshot: true, replicate_source_db: "b" },
      "it is a replica",
    ],
    ["s3_bucket", { bucket: "a", force_destroy: true }, undefined],
    ["s3_bucket", { bucket: "a", force_destroy: false }, "only if it is empty"],
    ["dynamodb_table", { name: "a", point_in_time_recovery: [{ enabled: false }] }, undefined],
    [
      "dynamodb_table",
      { name: "a", point_in_time_recovery: [{ enabled: true }] },
      "a system backup is kept for 35 days",
    ],
    ["ebs_volume", { id: "vol-1", tags: { Name: "a" } }, undefined],
    ["secretsmanager_secret", { name: "a", recovery_window_in_days: 0 }, undefined],
    ["secretsmanager_secret", { name: "a", recovery_window_in_days: 7 }, "it can be restored for 7 days"],
  ])("%s %j is destroyed: kept by %s", (type, before, kept) => {
    const loss = { store: expect.any(String), name: "a", ...(kept === undefined ? {} : { kept }) };
    expect(data(type, before)).toEqual({ ...loss, effect: "destroyed" });
    expect(data(type, before, null, ["delete", "create"])).toEqual({ ...loss, effect: "replaced" });
    // Its nearest neighbours: the old one stays, or nothing becomes less protected.
    expect(data(type, before, null, ["create", "forget"])).toBeUndefined();
    expect(data(type, { ...before, tags: { Name: "b" } }, before)).toBeUndefined();
  });

  test("what no longer protects it is named; other resources and what protects it more are not", () => {
    const [safe, unsafe] = [
      { name: "a", deletion_protection_enabled: true },
      { name: "a", deletion_protection_enabled: false },
    ];
    expect(data("dynamodb_table", safe, unsafe)).toMatchObject({
      effect: "less-protected",
      lost: ["no longer has deletion protection"],
    });
    expect(data("dynamodb_table", unsafe, safe)).toBeUndefined();
    expect(data("iam_role", { name: "a", force_detach_policies: true })).toBeUndefined();
  });
});

describe("each.value is an element of the one resource or module that for_each goes through", () => {
  const refs = (...references: readonly string[]) => ({ references });
  const block = (address: string, forEach: readonly string[], bucket: readonly string[]) => ({
    address,
    for_each_expression: refs(...forEach),
    expressions: { bucket: refs(...bucket) },
  });
  const references = referencesIn({
    configuration: {
      root_module: {
        resources: [
          block("aws_s3_bucket_policy.a", ["aws_s3_bucket.zone"], ["each.value.id", "each.value"]),
          block("aws_s3_bucket_policy.module", ["module.lake"], ["each.value.bucket"]),
          block("aws_s3_bucket_policy.one", ["aws_s3_bucket.zone"], ["each.value"]),
          block("aws_s3_bucket_policy.two", ["aws_s3_bucket.zone", "aws_s3_bucket.other"], ["each.value.id"]),
          block("aws_s3_bucket_policy.local", ["local.buckets"], ["each.value.id"]),
        ],
        module_calls: {
          lake: { module: { outputs: { bucket: { expression: refs("aws_s3_bucket.this.id") } } } },
          site: {
            for_each_expression: refs("aws_s3_bucket.zone"),
            expressions: { name: refs('each.value["id"]') },
            module: {
              resources: [{ address: "aws_s3_bucket_policy.b", expressions: { bucket: refs("var.name") } }],
            },
          },
        },
      },
    },
  });
  const of = (address: string) =>
    references.of(address, "bucket").map(({ to, attribute }) => `${to} ${String(attribute)}`);

  test.each([
    ['aws_s3_bucket_policy.a["raw"]', ['aws_s3_bucket.zone["raw"] id']],
    ['module.site["raw"].aws_s3_bucket_policy.b', ['aws_s3_bucket.zone["raw"] id']],
    ['aws_s3_bucket_policy.module["raw"]', ['module.lake["raw"].aws_s3_bucket.this id']],
    // Not said by the configuration of a plan: never guessed.
    ['aws_s3_bucket_policy.one["raw"]', []],
    ['aws_s3_bucket_policy.two["raw"]', []],
    ['aws_s3_bucket_policy.local["raw"]', []],
    ["aws_s3_bucket_policy.a[0]", []],
  ])("%s: %j", (address, found) => {
    expect(of(address)).toEqual(found);
  });
});
