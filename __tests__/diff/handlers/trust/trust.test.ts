import { documentedPin } from "../../../../dev/demo/attacks/documented-pin";
import { plainText } from "../../../../lib/describe/phrase";
import { printPolicy } from "../../../../lib/iam/language/document";
import { alice, anAccess, anyRef, aRole, bob, everyone, only, refs } from "../../../fixtures/access";
import { plan, resource, reviewPlan, role, saidIn, trustFor } from "../../../plan/a-plan";

const access = anAccess();
const accessOf = (...resources: object[]) => reviewPlan(plan(resources), "plan.json", access).access;
const told = (before: string | null, after: string | null, names: "names" | "no names" = "names") => {
  const file = names === "names" ? access : undefined;
  const [change] = reviewPlan(plan([role(before, after)]), "plan.json", file).access;
  return [change?.relation, ...(change === undefined ? [] : saidIn(change))];
};
const main = "from main of github.com/acme/website";

test("one more person: broader, by name, with the token that proves it; taken out again: narrower", () => {
  const [one, two] = [trustFor(), trustFor({ people: only(alice, bob) })];
  expect(told(one, two)).toEqual(["broader", `bob can now assume website-deploy ${main}`]);
  expect(told(two, one)).toEqual(["narrower", `bob can no longer assume website-deploy ${main}`]);
  const [change] = accessOf(role(one, two));
  expect(change?.sentences[0]?.proof).toMatchObject({
    claims: { sub: expect.stringContaining(`/user/${bob.id}/`) },
  });
});

test("one person in the place of another is both", () => {
  expect(told(trustFor(), trustFor({ people: only(bob) }))).toEqual([
    "both-ways",
    `bob can now assume website-deploy ${main}`,
    `alice can no longer assume website-deploy ${main}`,
  ]);
});

test("one more branch: the people that were there, from the new one", () => {
  const wider = trustFor({ refs: refs({ branches: ["main", "release/*"] }) });
  expect(told(trustFor(), wider)).toEqual([
    "broader",
    "alice can now assume website-deploy from release/* of github.com/acme/website",
  ]);
});

test("everyone is called so, and not by the names of those who are in the file", () => {
  const [relation, gained] = told(trustFor(), trustFor({ people: everyone, refs: anyRef }));
  expect(relation).toBe("broader");
  expect(gained).toMatch(/^everyone who can start a pipeline of website can now assume website-deploy/);
});

test("somebody whom the file does not name is said to be so; without a file the id is all there is", () => {
  const carol = { name: "carol", id: "c0ffee00-0000-4000-8000-00000000cafe" };
  const after = trustFor({ people: only(alice, carol) });
  expect(told(trustFor(), after)[1]).toMatch(/^a user who is not in access\.yaml can now assume/);
  expect(told(trustFor(), after, "no names")[1]).toMatch(
    /^user c0ffee00-0000-4000-8000-00000000cafe can now assume website-deploy .*in project 77c2a8e4-/,
  );
});

test("the pin of CircleCI's documentation in place of ours is broader", () => {
  const documented = printPolicy(documentedPin(aRole(), "refs/heads/main"));
  expect(told(trustFor(), documented)[0]).toBe("broader");
});

test("the same, written differently, is the same and says so; not touched at all, it is not told", () => {
  const spread = JSON.stringify(JSON.parse(trustFor()), null, 2);
  expect(told(trustFor(), spread)).toEqual(["same"]);
  expect(accessOf(role(trustFor(), trustFor()))).toEqual([]);
});

test("a new role lets people in who had none, a destroyed one lets them in no longer", () => {
  expect(told(null, trustFor())).toEqual(["broader", `alice can now assume website-deploy ${main}`]);
  expect(told(trustFor(), null)).toEqual(["narrower", `alice can no longer assume website-deploy ${main}`]);
});

test("a role under another name is another role: the old one is lost, the new one is gained", () => {
  const side = (name: string) => ({ name, assume_role_policy: trustFor() });
  const renamed = resource("aws_iam_role.deploy", {
    actions: ["delete", "create"],
    before: side("old"),
    after: side("new"),
  });
  expect(accessOf(renamed).map(({ subject, relation }) => [subject, relation])).toEqual([
    ["new", "broader"],
    ["old", "narrower"],
  ]);
});

test("a role that Terraform forgets stays as it is, and one should know", () => {
  const [found, ...others] = accessOf(role(trustFor(), null, { actions: ["forget"] }));
  expect(others).toEqual([]);
  expect(found).toMatchObject({ relation: "same", sentences: [] });
  expect(plainText(found?.reason ?? [])).toMatch(/^Terraform forgets it: it remains in AWS/);
});

test.each<[what: string, change: Record<string, unknown>, reason: RegExp]>([
  ["known only after apply", { after_unknown: { assume_role_policy: true } }, /known only after apply/],
  ["marked as sensitive", { after_sensitive: { assume_role_policy: true } }, /marked as sensitive/],
])("a trust policy that is %s is unknown, and never the same", (_, change, reason) => {
  const [found, ...others] = accessOf(role(trustFor(), trustFor(), change));
  expect(others).toEqual([]);
  expect(found).toMatchObject({
    relation: "unknown",
    sentences: [],
  });
  expect(plainText(found?.reason ?? [])).toMatch(reason);
});

test.each(["", "{", '{"Statement":[]}', "null"])("a planned trust policy %j is unknown", (text) => {
  expect(accessOf(role(trustFor(), text))).toMatchObject([{ relation: "unknown" }]);
  expect(accessOf(role(text, trustFor()))).toMatchObject([{ relation: "unknown" }]);
});

test("what somebody changed by hand is told as drift, though the plan has no changes", () => {
  const drift = { resource_drift: [role(trustFor(), trustFor({ people: only(alice, bob) }))] };
  const review = reviewPlan(plan([], drift), "plan.json", access);
  expect(review.stacks[0]?.resources).toEqual([]);
  expect(review.stacks[0]?.drift).toMatchObject([{ address: "aws_iam_role.deploy", action: "update" }]);
  expect(review.access).toMatchObject([{ source: "drift", relation: "broader" }]);
});

test("roles in modules count like any other, other resources and data do not", () => {
  const inModule = { ...role(null, trustFor()), address: "module.a.aws_iam_role.deploy" };
  const data = { ...role(null, trustFor()), mode: "data" };
  const other = { ...role(null, trustFor()), type: "aws_iam_policy" };
  expect(accessOf(inModule, data, other).flatMap(({ addresses }) => addresses)).toEqual([
    "module.a.aws_iam_role.deploy",
  ]);
});
