import fc from "fast-check";
import { memberRule } from "../../../lib/config/rules/names";
import { personName } from "../../../lib/start/ids/person-name";

const ID = "0b6ad1c5-93a4-4a39-8f3f-2d1f2f0c7a01";

test.each([
  ["alice", [], "alice"],
  ["Alice", [], "Alice"],
  ["dependabot[bot]", [], "dependabot-bot"],
  ["Zoë Müller", [], "Zoe-Muller"],
  ["__proto__", [], "proto__"],
  ["everyone", [], "everyone-2"],
  ["漢字", [], "user-0b6ad1c5"],
  ["", [], "user-0b6ad1c5"],
  ["alice", ["alice"], "alice-2"],
  ["alice", ["Alice", "alice-2"], "alice-3"],
])("the name for the login %j, with %j taken, is %s", (login, taken, name) => {
  expect(personName(login, ID, taken)).toBe(name);
});

test("every login gets a valid name that is not taken", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.array(fc.string()), (login, others) => {
      const first = personName(login, ID, others);
      const second = personName(login, ID, [...others, first]);
      for (const name of [first, second]) expect(memberRule("person")(name)).toBeUndefined();
      expect(second.toLowerCase()).not.toBe(first.toLowerCase());
      expect(others).not.toContain(first);
    }),
  );
});
