import fc from "fast-check";
import {
  documentAt,
  documentPathsIn,
  isPolicyDocument,
} from "../../lib/diff/handlers/resource-policies/documents";
import { allows, reported } from "../diff/a-policy";
import { change, type Values } from "./a-plan";

const policy = allows("*", "x:Do");
const name = fc.constantFrom("rules", "details", "set", "text", "policy", "a_b");
/**
 * The depth of the document, and the list element at each level; undefined: a block that is not a
 * list.
 */
const place = fc.array(fc.tuple(name, fc.option(fc.nat(3), { nil: undefined })), {
  minLength: 1,
  maxLength: 6,
});

function holding(steps: readonly (readonly [string, number | undefined])[]): Values {
  const [[key, index], ...rest] = [steps[0] ?? (["rules", undefined] as const), ...steps.slice(1)];
  const inside: unknown = rest.length === 0 ? policy : holding(rest);
  const value =
    index === undefined ? inside : [...Array.from({ length: index }, () => ({ other: 1 })), inside];
  return { [key]: value, unrelated: ["x", { y: "z" }] };
}

test("a policy is found at every path of a resource", () => {
  fc.assert(
    fc.property(place, (steps) => {
      const values = holding(steps);
      const paths = documentPathsIn("aws_thing_from_tomorrow", values);
      expect(paths).toHaveLength(1);
      const attributes = Object.fromEntries(
        Object.entries(values).map(([key, value]) => [key, { kind: "value" as const, value }]),
      );
      expect(documentAt(attributes, paths[0] ?? "")).toEqual({ kind: "value", value: policy });
    }),
  );
});

test("a policy at any path is compared: opening it is broader, closing it is narrower", () => {
  const closed = allows({ AWS: "arn:aws:iam::123456789012:root" }, "x:Do");
  fc.assert(
    fc.property(place, (steps) => {
      const open = holding(steps);
      const before: unknown = JSON.parse(
        JSON.stringify(open).replaceAll(JSON.stringify(policy), JSON.stringify(closed)),
      );
      const side = { ...Object(before) };
      expect(reported([change("aws_thing_from_tomorrow.x", side, open)])).toEqual([
        expect.stringMatching(/^resource-policy broader .*anyone can now perform x:Do/),
      ]);
      expect(reported([change("aws_thing_from_tomorrow.x", open, side)])).toEqual([
        expect.stringMatching(/^resource-policy narrower .*anyone can no longer perform x:Do/),
      ]);
    }),
    { numRuns: 20 },
  );
});

test.each([
  "",
  "{",
  "[]",
  '{"Statement":[]}',
  '"Statement Effect"',
  '{"a":{"Statement":[{"Effect":"Allow"}]}}',
])("%j is not a policy", (text) => expect(isPolicyDocument(text)).toBe(false));

const account = fc.constantFrom("111111111111", "222222222222", "333333333333", "all");
const accounts = fc.uniqueArray(account);

test("accounts added to a list gain, removed accounts lose, in any order", () => {
  fc.assert(
    fc.property(accounts, accounts, (before, after) => {
      const side = (shared_accounts: readonly string[]) => ({ db_snapshot_identifier: "n", shared_accounts });
      const found = reported([change("aws_db_snapshot.x", side(before), side(after))]).join("\n");
      const count = (text: string) => found.split(text).length - 1;
      expect(count("can now restore")).toBe(after.filter((one) => !before.includes(one)).length);
      expect(count("can no longer restore")).toBe(before.filter((one) => !after.includes(one)).length);
    }),
  );
});
