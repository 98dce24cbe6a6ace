import fc from "fast-check";
import { plainText } from "../../../../lib/describe/phrase";
import { readPlan } from "../../../../lib/diff/read-plan";
import { parsePolicy } from "../../../../lib/iam/language/read-policy";
import type { Permissions } from "../../../../lib/iam/prove/requests/compare-permissions";
import { reviewOf } from "../../../../lib/report/model/review-of";
import { cases } from "../../../iam/automata/cases";
import { judgeOf, requestsFor } from "../../../iam/prove/requests/small-requests";
import { plan, resource, trustFor } from "../../../plan/a-plan";
import { documents } from "./any-document";

const ACCOUNT = "arn:aws:iam::123456789012";
const POLICIES = ["one", "two"] as const;
type Policy = (typeof POLICIES)[number];
const arnOf = (policy: Policy) => `${ACCOUNT}:policy/${policy}`;

/** All that a role may do by, at one time. */
const worlds = fc.record({
  inline: fc.option(documents, { nil: undefined }),
  more: fc.option(documents, { nil: undefined, freq: 2 }),
  one: documents,
  two: documents,
  attached: fc.subarray([...POLICIES]),
  boundary: fc.constantFrom<Policy | undefined>(undefined, undefined, ...POLICIES),
});
type World = typeof worlds extends fc.Arbitrary<infer T> ? T : never;

/** Mostly the same with one thing or two that differ, as plans are. */
const changes = fc
  .tuple(worlds, worlds, fc.subarray(["inline", "more", "one", "two", "attached", "boundary"] as const))
  .map(([before, other, differing]): readonly [World, World] => [
    before,
    { ...before, ...Object.fromEntries(differing.map((key) => [key, other[key]])) },
  ]);

function planOf(before: World, after: World): string {
  const from = (address: string, of: (world: World) => object | null) => {
    const [one, other] = [of(before), of(after)];
    if (one === null && other === null) return [];
    const isSame = JSON.stringify(one) === JSON.stringify(other);
    const actions = isSame ? ["no-op"] : one === null ? ["create"] : other === null ? ["delete"] : ["update"];
    return [resource(address, { actions, before: one, after: other })];
  };
  const written = (name: "inline" | "more") => (world: World) =>
    world[name] === undefined ? null : { role: "deploy", name, policy: world[name] };
  return plan([
    ...from("aws_iam_role.deploy", ({ boundary }) => ({
      name: "deploy",
      arn: `${ACCOUNT}:role/deploy`,
      assume_role_policy: trustFor(),
      ...(boundary === undefined ? {} : { permissions_boundary: arnOf(boundary) }),
    })),
    ...from("aws_iam_role_policy.inline", written("inline")),
    ...from("aws_iam_role_policy.more", written("more")),
    ...POLICIES.flatMap((name) => [
      ...from(`aws_iam_policy.${name}`, (world) => ({
        arn: arnOf(name),
        name,
        path: "/",
        policy: world[name],
      })),
      ...from(`aws_iam_role_policy_attachment.${name}`, ({ attached }) =>
        attached.includes(name) ? { role: "deploy", policy_arn: arnOf(name) } : null,
      ),
    ]),
  ]);
}

function permissionsOf(world: World): Permissions {
  const read = (text: string) => ({ kind: "policy", policy: parsePolicy(text) }) as const;
  const texts = [world.inline, world.more, ...world.attached.map((name) => world[name])];
  const identity = texts.flatMap((text) => (text === undefined ? [] : [read(text)]));
  return { identity, ...(world.boundary === undefined ? {} : { boundary: read(world[world.boundary]) }) };
}

/** By every request of a small world. */
function differences(before: World, after: World): { readonly gained: boolean; readonly lost: boolean } {
  const [was, is] = [permissionsOf(before), permissionsOf(after)];
  const [old, present] = [judgeOf(was), judgeOf(is)];
  const requests = requestsFor(was, is);
  return {
    gained: requests.some((one) => present(one) && !old(one)),
    lost: requests.some((one) => old(one) && !present(one)),
  };
}

test("law: the review reports exactly what a role gains and loses by all of its policies together", () => {
  fc.assert(
    fc.property(changes, ([before, after]) => {
      const { access } = reviewOf([readPlan(planOf(before, after), "plan")], {});
      const change = access.find(({ aspect, subject }) => aspect === "permissions" && subject === "deploy");
      const said = change?.sentences.map(({ phrase }) => plainText(phrase));
      const effects = new Set(change?.sentences.map(({ effect }) => effect));
      const { gained, lost } = differences(before, after);
      const reported = { relation: change?.relation ?? "nothing", said };
      expect({ ...reported, isBroader: effects.has("gained") }).toMatchObject(
        gained ? { isBroader: true } : {},
      );
      expect({ ...reported, isNarrower: effects.has("lost") }).toMatchObject(
        lost ? { isNarrower: true } : {},
      );
      // A boundary counts by itself: what it lets through, others may allow, tomorrow or in a
      // bucket's policy.
      if (before.boundary !== undefined || after.boundary !== undefined) return;
      const [was, is] = [before, after].map((world) => judgeOf(permissionsOf(world)));
      for (const { effect, proof, phrase } of change?.sentences ?? []) {
        if (proof?.kind !== "request") throw new Error(`no request for: ${plainText(phrase)}`);
        const call = { ...proof, keys: new Map(), hidden: { allows: false, denies: false } };
        expect([plainText(phrase), was?.(call), is?.(call)]).toEqual([
          plainText(phrase),
          effect === "lost",
          effect === "gained",
        ]);
      }
      const relation = effects.size === 2 ? "both-ways" : effects.has("gained") ? "broader" : "narrower";
      expect(effects.size === 0 ? ["same", "nothing"] : [relation]).toContain(reported.relation);
    }),
    cases(10, 2_500),
  );
});
