import fc from "fast-check";
import type { AccessChange } from "../../lib/diff/model/access-change";
import { readPlan } from "../../lib/diff/read-plan";
import { reviewOf } from "../../lib/report/model/review-of";
import { alice, anAccess, anyRef, anyRefOrNone, bob, everyone, only, refs } from "../fixtures/access";
import { cases } from "../iam/automata/cases";
import { plan, resource, trustFor } from "../plan/a-plan";

const allow = (Action: string, Effect = "Allow") =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect, Action, Resource: "arn:aws:s3:::site/*" }] });

const trusts = fc.constantFrom(
  trustFor(),
  trustFor({ people: only(alice, bob) }),
  trustFor({ people: everyone, refs: anyRef }),
  trustFor({ people: everyone, refs: anyRefOrNone }),
  trustFor({ refs: refs({ branches: ["main", "next/*"], tags: ["v1"] }) }),
);
const documents = fc.constantFrom(
  allow("s3:GetObject"),
  allow("s3:*"),
  allow("s3:PutObject"),
  allow("s3:GetObject", "Deny"),
);
const arns = fc.subarray([
  "arn:aws:iam::aws:policy/ReadOnlyAccess",
  "arn:aws:iam::aws:policy/AdministratorAccess",
]);

/** What a role, a bucket and a provider are at one time. */
const worlds = fc.record({
  assume_role_policy: trusts,
  inline: fc.option(documents, { nil: undefined }),
  managed_policy_arns: arns,
  permissions_boundary: fc.constantFrom(undefined, "arn:aws:iam::aws:policy/ReadOnlyAccess"),
  max_session_duration: fc.constantFrom(3600, 7200),
  block_public_policy: fc.boolean(),
  audiences: fc.subarray(["6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11", "sts.amazonaws.com"], { minLength: 1 }),
});
type World = typeof worlds extends fc.Arbitrary<infer T> ? T : never;

function resourcesOf(before: World, after: World): readonly object[] {
  const side = <T>(of: (world: World) => T) => {
    const [one, other] = [of(before), of(after)];
    const isSame = JSON.stringify(one) === JSON.stringify(other);
    const actions = isSame ? ["no-op"] : one === null ? ["create"] : other === null ? ["delete"] : ["update"];
    return { actions, before: one, after: other };
  };
  const roleOf = ({ inline: _, block_public_policy: __, audiences: ___, ...role }: World) => ({
    name: "deploy",
    ...role,
  });
  return [
    resource("aws_iam_role.deploy", side(roleOf)),
    resource(
      "aws_iam_role_policy.site",
      side(({ inline }) => (inline === undefined ? null : { role: "deploy", name: "site", policy: inline })),
    ),
    resource(
      "aws_s3_bucket_public_access_block.site",
      side(({ block_public_policy }) => ({ bucket: "site", block_public_policy })),
    ),
    resource(
      "aws_iam_openid_connect_provider.c",
      side(({ audiences }) => ({
        url: "https://oidc.circleci.com/org/6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11",
        client_id_list: audiences,
      })),
    ),
  ];
}

const accessOf = (resources: readonly object[]) =>
  reviewOf([readPlan(plan(resources), "plan")], { access: anAccess() }).access;

const MIRRORED = {
  broader: "narrower",
  narrower: "broader",
  "both-ways": "both-ways",
  same: "same",
  unknown: "unknown",
} as const;
const reported = ({ aspect, subject, relation }: AccessChange) => `${aspect} ${subject} ${relation}`;
const mirrored = ({ aspect, subject, relation }: AccessChange) =>
  `${aspect} ${subject} ${MIRRORED[relation]}`;

test("a change that is broader is narrower in the other direction", () => {
  fc.assert(
    fc.property(worlds, worlds, (before, after) => {
      const [there, back] = [accessOf(resourcesOf(before, after)), accessOf(resourcesOf(after, before))];
      expect(there.map(reported).sort()).toEqual(back.map(mirrored).sort());
    }),
    cases(4, 250),
  );
});

test("a plan without changes changes no access", () => {
  fc.assert(
    fc.property(worlds, (world) => {
      expect(accessOf(resourcesOf(world, world))).toEqual([]);
    }),
    cases(4, 250),
  );
});

test("the order of resources and of plans does not affect the result, ids included", () => {
  fc.assert(
    fc.property(worlds, worlds, fc.array(fc.nat(), { minLength: 4, maxLength: 4 }), (before, after, keys) => {
      const resources = resourcesOf(before, after);
      const shuffled = resources
        .map((one, at) => ({ one, key: keys[at] ?? 0 }))
        .sort((left, right) => left.key - right.key)
        .map(({ one }) => one);
      expect(accessOf(shuffled)).toEqual(accessOf(resources));
      const split = (list: readonly object[]) => [
        readPlan(plan(list.slice(0, 1)), "a"),
        readPlan(plan(list.slice(1)), "b"),
      ];
      const [one, other] = split(resources);
      if (one === undefined || other === undefined) throw new Error("two plans");
      expect(reviewOf([other, one], {}).access).toEqual(reviewOf([one, other], {}).access);
    }),
    cases(3, 150),
  );
});

// Not the other way round: an id is also of the values before and after, which are not all told.
// The risk, and the documents of the evidence, are no part of it: they depend on other resources,
// too.
test("changes with the same id say the same", () => {
  const [ids, changes] = [new Set<string>(), new Set<string>()];
  fc.assert(
    fc.property(worlds, worlds, (one, other) => {
      for (const resources of [resourcesOf(one, other), resourcesOf(other, one)])
        for (const change of accessOf(resources)) {
          ids.add(change.id);
          changes.add(JSON.stringify({ ...change, risk: undefined, documents: undefined }));
        }
    }),
    cases(4, 250),
  );
  expect(ids.size).toBe(changes.size);
  expect(changes.size).toBeGreaterThan(3);
});

test("sensitive values are in no result, and what depends on them is unknown and never equal", () => {
  fc.assert(
    fc.property(worlds, worlds, (before, after) => {
      const marks = { assume_role_policy: true, permissions_boundary: true };
      const secret = (world: World) => ({
        ...world,
        assume_role_policy: world.assume_role_policy.replace("website", "TOP-SECRET-NAME"),
      });
      const role = (world: World) => ({
        name: "deploy",
        assume_role_policy: secret(world).assume_role_policy,
      });
      const one = resource("aws_iam_role.deploy", {
        before: role(before),
        after: role(after),
        before_sensitive: marks,
        after_sensitive: marks,
      });
      const kept = readPlan(plan([one]), "plan");
      const review = reviewOf([kept], { access: anAccess() });
      expect(JSON.stringify([kept, review])).not.toContain("TOP-SECRET-NAME");
      expect(review.access.map(({ relation }) => relation)).toEqual(["unknown"]);
    }),
    cases(4, 100),
  );
});

test("drift is reported as a plan with the same change would be, with what this plan does about it", () => {
  // A role's list is its own where the configuration has it; elsewhere it may mirror what others
  // attach.
  const expressions = { managed_policy_arns: {}, name: {}, assume_role_policy: {} };
  const role = {
    address: "aws_iam_role.deploy",
    mode: "managed",
    type: "aws_iam_role",
    name: "deploy",
    expressions,
  };
  const configuration = { root_module: { resources: [role] } };
  const reportedOf = (
    resources: readonly object[],
    drift: readonly object[],
    source: AccessChange["source"],
  ) => {
    const text = plan(resources, { configuration, resource_drift: drift });
    const { access } = reviewOf([readPlan(text, "plan")], { access: anAccess() });
    return access
      .filter((one) => one.source === source)
      .map(({ aspect, subject, relation, sentences }) => [aspect, subject, relation, sentences]);
  };
  fc.assert(
    fc.property(worlds, worlds, worlds, (was, found, planned) => {
      const drift = resourcesOf(was, found).filter((one) => !JSON.stringify(one).includes('"no-op"'));
      const [asDrift, asPlan] = [resourcesOf(was, found), resourcesOf(found, planned)];
      expect(reportedOf(asPlan, drift, "drift")).toEqual(reportedOf(asDrift, [], "plan"));
      expect(reportedOf(asPlan, drift, "plan")).toEqual(reportedOf(asPlan, [], "plan"));
    }),
    cases(2, 80),
  );
});
