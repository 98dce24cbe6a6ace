import { documentedPin } from "../../../../dev/demo/attacks/documented-pin";
import { plainText } from "../../../../lib/describe/phrase";
import { printPolicy } from "../../../../lib/iam/language/document";
import { alice, anAccess, anyRef, aRole, bob, everyone, only, refs } from "../../../fixtures/access";
import { plan, resource, reviewPlan, role, saidIn, trustFor } from "../../../plan/a-plan";

const access = anAccess();
const accessOf = (...resources: object[]) => reviewPlan(plan(resources), "plan.json", access).access;
const reported = (before: string | null, after: string | null, names: "names" | "no names" = "names") => {
  const file = names === "names" ? access : undefined;
  const [change] = reviewPlan(plan([role(before, after)]), "plan.json", file).access;
  return [change?.relation, ...(change === undefined ? [] : saidIn(change))];
};
const main = "from main of github.com/acme/website";

test("adding a person is broader, with the name and a token as evidence; removing the person is narrower", () => {
  const [one, two] = [trustFor(), trustFor({ people: only(alice, bob) })];
  expect(reported(one, two)).toEqual(["broader", `bob can now assume website-deploy ${main}`]);
  expect(reported(two, one)).toEqual(["narrower", `bob can no longer assume website-deploy ${main}`]);
  const [change] = accessOf(role(one, two));
  expect(change?.sentences[0]?.proof).toMatchObject({
    claims: { sub: expect.stringContaining(`/user/${bob.id}/`) },
  });
});

test("replacing one person by another is broader and narrower", () => {
  expect(reported(trustFor(), trustFor({ people: only(bob) }))).toEqual([
    "both-ways",
    `bob can now assume website-deploy ${main}`,
    `alice can no longer assume website-deploy ${main}`,
  ]);
});

test("adding a branch is broader for the people who already have access", () => {
  const wider = trustFor({ refs: refs({ branches: ["main", "release/*"] }) });
  expect(reported(trustFor(), wider)).toEqual([
    "broader",
    "alice can now assume website-deploy from release/* of github.com/acme/website",
  ]);
});

test('"everyone" is reported as everyone, not as a list of names', () => {
  const [relation, gained] = reported(trustFor(), trustFor({ people: everyone, refs: anyRef }));
  expect(relation).toBe("broader");
  expect(gained).toMatch(/^everyone who can start a pipeline of website can now assume website-deploy/);
});

test("a person who is not in access.yaml is reported as such; without access.yaml the ID is shown", () => {
  const carol = { name: "carol", id: "c0ffee00-0000-4000-8000-00000000cafe" };
  const after = trustFor({ people: only(alice, carol) });
  expect(reported(trustFor(), after)[1]).toMatch(/^a user who is not in access\.yaml can now assume/);
  expect(reported(trustFor(), after, "no names")[1]).toMatch(
    /^user c0ffee00-0000-4000-8000-00000000cafe can now assume website-deploy .*in project 77c2a8e4-/,
  );
});

test("the subject condition of CircleCI's documentation is broader than ours", () => {
  const documented = printPolicy(documentedPin(aRole(), "refs/heads/main"));
  expect(reported(trustFor(), documented)[0]).toBe("broader");
});

test("an equal policy written differently is reported as equal; an unchanged one is not reported", () => {
  const spread = JSON.stringify(JSON.parse(trustFor()), null, 2);
  expect(reported(trustFor(), spread)).toEqual(["same"]);
  expect(accessOf(role(trustFor(), trustFor()))).toEqual([]);
});

test("creating a role is broader, destroying it is narrower", () => {
  expect(reported(null, trustFor())).toEqual(["broader", `alice can now assume website-deploy ${main}`]);
  expect(reported(trustFor(), null)).toEqual([
    "narrower",
    `alice can no longer assume website-deploy ${main}`,
  ]);
});

test("a renamed role is another role: access to the old one is lost, to the new one gained", () => {
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

test("a role that Terraform forgets remains in AWS, and is reported", () => {
  const [found, ...others] = accessOf(role(trustFor(), null, { actions: ["forget"] }));
  expect(others).toEqual([]);
  expect(found).toMatchObject({ relation: "same", sentences: [] });
  expect(plainText(found?.reason ?? [])).toMatch(/^Terraform forgets it: it remains in AWS/);
});

test.each<[what: string, change: Record<string, unknown>, reason: RegExp]>([
  ["known only after apply", { after_unknown: { assume_role_policy: true } }, /known only after apply/],
  ["marked as sensitive", { after_sensitive: { assume_role_policy: true } }, /marked as sensitive/],
])("a trust policy that is %s is unknown, and never equal", (_, change, reason) => {
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

test("a manual change is reported as drift, also for a plan without changes", () => {
  const drift = { resource_drift: [role(trustFor(), trustFor({ people: only(alice, bob) }))] };
  const review = reviewPlan(plan([], drift), "plan.json", access);
  expect(review.stacks[0]?.resources).toEqual([]);
  expect(review.stacks[0]?.drift).toMatchObject([{ address: "aws_iam_role.deploy", action: "update" }]);
  expect(review.access).toMatchObject([{ source: "drift", relation: "broader" }]);
});

test("roles in modules are compared; other resources and data sources are not", () => {
  const inModule = { ...role(null, trustFor()), address: "module.a.aws_iam_role.deploy" };
  const data = { ...role(null, trustFor()), mode: "data" };
  const other = { ...role(null, trustFor()), type: "aws_iam_policy" };
  expect(accessOf(inModule, data, other).flatMap(({ addresses }) => addresses)).toEqual([
    "module.a.aws_iam_role.deploy",
  ]);
});
