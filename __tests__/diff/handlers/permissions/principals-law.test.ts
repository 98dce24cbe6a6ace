import fc from "fast-check";
import { parsePolicy } from "../../../../lib/iam/language/read-policy";
import type { Permissions } from "../../../../lib/iam/prove/requests/compare-permissions";
import { cases } from "../../../iam/automata/cases";
import { judgeOf, requestsFor } from "../../../iam/prove/requests/small-requests";
import { resource, type Values } from "../../../plan/a-plan";
import { ACCOUNT, group, policy, review, user } from "../../principals";
import { documents } from "./any-document";

// A user has what is in it, attached to it, and what its groups have; a group and a permission set
// what is in them and attached to them.

const maybe = fc.option(documents, { nil: undefined });

const worlds = fc.record({
  own: maybe,
  attached: maybe,
  ofGroup: maybe,
  attachedToGroup: maybe,
  isMember: fc.boolean(),
  /** The membership lists the group's users, not the user's groups. */
  byGroup: fc.boolean(),
});
type World = typeof worlds extends fc.Arbitrary<infer T> ? T : never;

const changes = fc
  .tuple(worlds, worlds, fc.subarray(["own", "attached", "isMember", "byGroup"] as const))
  .map(([before, other, differing]): readonly [World, World] => [
    before,
    { ...before, ...Object.fromEntries(differing.map((key) => [key, other[key]])) },
  ]);

type Of = (world: World) => Values | undefined;
const arnOf = (name: string) => `${ACCOUNT}:policy/${name}`;
const written = (text: string | undefined, values: Values): Values | undefined =>
  text === undefined ? undefined : { ...values, name: "own", policy: text };
const holds = (text: string | undefined, values: Values): Values | undefined =>
  text === undefined ? undefined : values;

const RESOURCES: Readonly<Record<string, Of>> = {
  "aws_iam_user.eve": () => user("eve"),
  "aws_iam_group.ops": () => group("ops"),
  "aws_iam_user_policy.own": ({ own }) => written(own, { user: "eve" }),
  "aws_iam_group_policy.own": ({ ofGroup }) => written(ofGroup, { group: "ops" }),
  "aws_iam_policy.a": ({ attached }) => (attached === undefined ? undefined : policy("a", attached)),
  "aws_iam_policy.b": ({ attachedToGroup }) =>
    attachedToGroup === undefined ? undefined : policy("b", attachedToGroup),
  "aws_iam_user_policy_attachment.a": ({ attached }) =>
    holds(attached, { user: "eve", policy_arn: arnOf("a") }),
  "aws_iam_group_policy_attachment.b": ({ attachedToGroup }) =>
    holds(attachedToGroup, { group: "ops", policy_arn: arnOf("b") }),
  "aws_iam_user_group_membership.eve": ({ isMember, byGroup }) =>
    isMember && !byGroup ? { user: "eve", groups: ["ops"] } : undefined,
  "aws_iam_group_membership.ops": ({ isMember, byGroup }) =>
    byGroup ? { group: "ops", users: isMember ? ["eve"] : [] } : undefined,
};

function resourcesOf(before: World, after: World): readonly object[] {
  return Object.entries(RESOURCES).flatMap(([address, of]) => {
    const [one = null, other = null] = [of(before), of(after)];
    if (one === null && other === null) return [];
    const isSame = JSON.stringify(one) === JSON.stringify(other);
    const actions = isSame ? ["no-op"] : one === null ? ["create"] : other === null ? ["delete"] : ["update"];
    return [resource(address, { actions, before: one, after: other })];
  });
}

function permissionsOf({ own, attached, ofGroup, attachedToGroup, isMember }: World): Permissions {
  const texts = [own, attached, ...(isMember ? [ofGroup, attachedToGroup] : [])];
  return {
    identity: texts.flatMap((text) =>
      text === undefined ? [] : [{ kind: "policy" as const, policy: parsePolicy(text) }],
    ),
  };
}

test("law: the review reports exactly what a user gains and loses by its own policies and its groups", () => {
  fc.assert(
    fc.property(changes, ([before, after]) => {
      const { access } = review({ plan: resourcesOf(before, after) });
      const changed = access.filter(
        ({ aspect, subject }) => aspect === "permissions" && subject === "user eve",
      );
      const [was, is] = [permissionsOf(before), permissionsOf(after)];
      const [old, present] = [judgeOf(was), judgeOf(is)];
      const requests = requestsFor(was, is);
      const effects = changed.flatMap(({ sentences }) => sentences.map(({ effect }) => effect));
      expect(changed.map(({ relation }) => relation)).not.toContain("unknown");
      if (requests.some((one) => present(one) && !old(one))) expect(effects).toContain("gained");
      if (requests.some((one) => old(one) && !present(one))) expect(effects).toContain("lost");
      for (const { sentences } of changed)
        for (const { effect, proof } of sentences) {
          if (proof?.kind !== "request") throw new Error("a sentence without a request");
          const call = { ...proof, keys: new Map(), hidden: { allows: false, denies: false } };
          expect([old(call), present(call)]).toEqual([effect === "lost", effect === "gained"]);
        }
    }),
    cases(12, 2_500),
  );
});
