import { accepted, acceptedRole, fileWithRole, refusals, roleWith } from "./sample";

test("a pipeline that the file does not speak of has the usual image, folder and nothing else", () => {
  const { projects } = accepted(fileWithRole("{ people: [alice], branches: [main] }"));
  expect(projects[0]?.pipeline).toEqual({
    image: "cimg/base:current",
    build: [],
    publish: "public",
    contexts: [],
  });
  expect(projects[0]?.roles[0]?.pipeline).toEqual({ run: [], contexts: [] });
});

test("commands keep their order: one after the other is what they mean", () => {
  const role = acceptedRole(roleWith("pipeline: { run: [b, a], contexts: [z, y] }"));
  expect(role.pipeline).toEqual({ run: ["b", "a"], contexts: ["z", "y"] });
});

test("a job that waits for none is not one that says nothing of it", () => {
  expect(acceptedRole(roleWith("pipeline: { after: [] }")).pipeline.after).toEqual([]);
  expect(acceptedRole(roleWith("pipeline: { run: [a] }")).pipeline.after).toBeUndefined();
});

test.each([
  ["pipeline: { runs: [a] }", "unknown-key runs"],
  ["pipeline: { run: [] }", "empty-list []"],
  ['pipeline: { run: ["a\\nb"] }', "malformed-pipeline a\nb"],
  ['pipeline: { run: [" "] }', "malformed-pipeline  "],
  ["pipeline: { after: [preview] }", "unknown-role preview"],
  ["pipeline: { after: [deploy] }", "circular-pipeline deploy after deploy"],
])("%s", (text, refusal) => {
  expect(refusals(roleWith(text))).toEqual([refusal]);
});
