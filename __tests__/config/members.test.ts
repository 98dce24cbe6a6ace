import {
  accepted,
  acceptedRole,
  fileOf,
  fileWithRole,
  ids,
  located,
  fileWithPeople as people,
  problemsOf,
  refusals,
  roleWith,
} from "./sample";

const { alice, bob } = ids;

describe("the people of a role", () => {
  test("everyone is a keyword", () => {
    expect(acceptedRole(people("everyone")).grant.people).toEqual({ kind: "everyone" });
    expect(located(people("[everyone]"))).toEqual(["10:26 everyone-in-list everyone"]);
    expect(refusals(people("[alice, everyone]"))).toEqual(["everyone-in-list everyone"]);
    expect(refusals(fileOf({ groups: "{ all: [everyone] }" }))).toEqual(["everyone-in-list everyone"]);
  });

  test("groups and people resolve to people, sorted by name, each once", () => {
    const members = [
      { name: "alice", id: alice },
      { name: "bob", id: bob },
    ];
    expect(acceptedRole(people("[ops, alice]", "{ ops: [bob, alice] }")).grant.people).toEqual({
      kind: "listed",
      members,
    });
    expect(acceptedRole(people("[bob, alice]")).grant.people).toEqual({ kind: "listed", members });
    expect(acceptedRole(people("[alice]")).grant.people).toEqual({
      kind: "listed",
      members: members.slice(0, 1),
    });
  });

  test("a repeated name in one list is an error", () => {
    expect(located(people("[alice, bob, alice]"))).toEqual(["10:38 listed-twice alice"]);
    expect(refusals(people("[ops]", "{ ops: [bob, bob] }"))).toEqual(["listed-twice bob"]);
  });

  test("an unknown name, with a suggestion", () => {
    const text = people("[alcie, opps, carol]", "{ ops: [bob] }");
    expect(refusals(text)).toEqual(["unknown-person alcie", "unknown-person opps", "unknown-person carol"]);
    const [alcie, opps, carol] = problemsOf(text);
    expect(alcie?.fix).toContain('"alice"');
    expect(opps?.fix).toContain('"ops"');
    expect(carol?.fix).not.toContain("did you mean");
    expect(refusals(people("[Alice]"))).toEqual(["unknown-person Alice"]);
  });

  test("a group contains people, not groups", () => {
    expect(refusals(fileOf({ groups: "{ a: [alice], b: [a] }" }))).toEqual(["group-in-group a"]);
    expect(refusals(fileOf({ groups: "{ a: [alcie] }" }))).toEqual(["unknown-person alcie"]);
    expect(refusals(fileOf({ groups: "{ a: [alice], b: [alice] }" }))).toEqual([]);
  });

  test("invalid people do not make their names unknown", () => {
    expect(refusals(fileWithRole("{ people: [alice], branches: [main] }", { people: "[]" }))).toEqual([
      "wrong-type a list",
    ]);
  });
});

describe("names of people and groups", () => {
  test.each(["alice", "Alice", "alice.b+c@acme-x.org", "9", "a_b"])("%s", (name) => {
    expect(accepted(fileOf({ people: `{ "${name}": ${alice} }` })).people).toEqual([{ name, id: alice }]);
    expect(refusals(fileOf({ groups: `{ "x${name}": [alice] }` }))).toEqual([]);
  });

  test.each(["", " alice", "al ice", "-alice", ".alice", "ålice", "a/b", "a:b"])("%j is rejected", (name) => {
    expect(refusals(fileOf({ people: `{ "${name}": ${alice} }` }))).toEqual([`bad-name ${name}`]);
    expect(refusals(fileOf({ groups: `{ "${name}": [alice] }` }))).toEqual([`bad-name ${name}`]);
  });

  test("everyone is reserved, Everyone is not", () => {
    expect(located(fileOf({ people: `{ everyone: ${alice} }` }))).toEqual(["3:11 reserved-name everyone"]);
    expect(located(fileOf({ groups: "{ everyone: [alice] }" }))).toEqual(["4:11 reserved-name everyone"]);
    expect(refusals(fileOf({ people: `{ Everyone: ${alice} }` }))).toEqual([]);
  });

  test("a group and a person of the same name", () => {
    expect(located(fileOf({ groups: "{ alice: [bob] }" }))).toEqual(["4:11 group-named-as-person alice"]);
    expect(refusals(fileOf({ groups: "{ alices: [bob] }" }))).toEqual([]);
  });
});

describe("duplicate IDs", () => {
  test("the same person under two names", () => {
    expect(located(fileOf({ people: `{ alice: ${alice}, al: ${alice} }` }))).toEqual([
      `3:60 duplicate-person-id ${alice}`,
    ]);
  });

  test("an ID of an organization or a project", () => {
    expect(refusals(fileOf({ people: `{ alice: ${ids.organization} }` }))).toEqual([
      `id-of-something-else ${ids.organization}`,
    ]);
    expect(refusals(roleWith("session: 3600").replace(ids.website, alice))).toEqual([
      `id-of-something-else ${alice}`,
    ]);
  });
});
