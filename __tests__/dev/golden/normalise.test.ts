import { normalise } from "../../../dev/golden/normalise";

function normalised(value: unknown, declared = ""): unknown {
  return JSON.parse(normalise(JSON.stringify(value), declared));
}

test("a generated ID has the same placeholder everywhere, and another ID has another one", () => {
  const [one, other] = ["AROA2X4ZJ7QK5L6M7N8PA", "AROA2X4ZJ7QK5L6M7N8PB"];
  expect(normalised({ unique_id: one, also: `arn:${one}:x`, other })).toEqual({
    unique_id: "AROA00000000000000001",
    also: "arn:AROA00000000000000001:x",
    other: "AROA00000000000000002",
  });
});

test("values of the configuration are unchanged", () => {
  const id = "6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11";
  expect(normalised({ id }, `org/${id}`)).toEqual({ id });
  expect(normalised({ id })).toEqual({ id: "00000000-0000-4000-8000-000000000001" });
});

test("a current time is replaced, the version of a policy is not", () => {
  expect(normalised({ at: "2031-05-06T07:08:09Z", Version: "2012-10-17" })).toEqual({
    at: "2026-01-01T00:00:00Z",
    Version: "2012-10-17",
  });
});

test("a random secret is replaced in outputs too", () => {
  const secret = "hu2NQKd4G3sHWeNLH7HB/Tqe+6jL5aQ";
  const before = `key ${secret}`;
  expect(normalised({ values: { secret }, outputs: { before } })).toEqual({
    values: { secret: "SECRET-access-key-do-not-show" },
    outputs: { before: "key SECRET-access-key-do-not-show" },
  });
});

test("order, nulls and empty values are unchanged, and normalizing twice changes nothing more", () => {
  const text = normalise('{"b":null,"a":[],"c":{"z":false,"y":""},"id":"AIDAZZZZZZZZZZZZZZZZZ"}', "");
  expect(text).toBe(
    '{\n "b": null,\n "a": [],\n "c": {\n  "z": false,\n  "y": ""\n },\n "id": "AIDA00000000000000001"\n}\n',
  );
  expect(normalise(text, "")).toBe(text);
});

test("lists that Terraform writes in varying order are sorted", () => {
  const listed = (...names: string[]) => ({ relevant_attributes: names.map((resource) => ({ resource })) });
  expect(normalise(JSON.stringify(listed("b", "a")), "")).toBe(
    normalise(JSON.stringify(listed("a", "b")), ""),
  );
});

test("IDs that the local AWS creates without a prefix get placeholders; those with one keep it", () => {
  const ids = { policy: { policy_id: "A53SNV4ERWY3UHKYZR4G8" }, user: { unique_id: "keu3eqtyelertdnik46s" } };
  const text = normalise(JSON.stringify({ ...ids, role: { unique_id: "AROAZZZZZZZZZZZZZZZZZ" } }), "");
  expect(text).not.toMatch(/A53SNV|keu3eq|AROAZ/);
  expect(text).toMatch(/"AROA0+\d"/);
});
