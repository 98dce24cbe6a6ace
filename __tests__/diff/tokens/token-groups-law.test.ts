import fc from "fast-check";
import { plainText } from "../../../lib/describe/phrase";
import { compilePolicy } from "../../../lib/iam/evaluate/compile-policy";
import { decideToken } from "../../../lib/iam/evaluate/decide-token";
import { parsePolicy } from "../../../lib/iam/language/read-policy";
import { printV1Subject, printV2Subject } from "../../../lib/token/subject";
import {
  alice,
  anAccess,
  anyRef,
  anyRefOrNone,
  bob,
  everyone,
  only,
  organization,
  PROJECT_ID,
  REPOSITORY,
  refs,
} from "../../fixtures/access";
import { cases } from "../../iam/automata/cases";
import { plan, reviewPlan, role, trustFor } from "../../plan/a-plan";

const carol = { name: "carol", id: "c0ffee00-0000-4000-8000-00000000cafe" };
const PROVIDER = `arn:aws:iam::123456789012:oidc-provider/oidc.circleci.com/org/${organization.id}`;

const people = fc.oneof(
  fc.constant(everyone),
  fc.uniqueArray(fc.constantFrom(alice, bob, carol), { minLength: 1 }).map((members) => only(...members)),
);
const branches = fc.uniqueArray(fc.constantFrom("main", "next", "release/*", "release/1"), { maxLength: 3 });
const tags = fc.uniqueArray(fc.constantFrom("v1", "v*"), { maxLength: 1 });
const listed = fc
  .record({ branches, tags })
  .filter((one) => one.branches.length + one.tags.length > 0)
  .map(refs);
const grants = fc.record({
  people,
  refs: fc.oneof(listed, listed, fc.constantFrom(anyRef, anyRefOrNone)),
  repository: fc.constantFrom(REPOSITORY, REPOSITORY, "github.com/acme/other"),
});

/** Every place that one of the grants distinguishes, and some others. */
const REFS = [
  "heads/main",
  "heads/next",
  "heads/release/1",
  "heads/release/2",
  "heads/x",
  "tags/v1",
  "tags/v2",
];
const SOURCES = [REPOSITORY, "github.com/acme/other", "github.com/stranger/website"].flatMap((origin) =>
  REFS.map((ref) => ({ origin, ref: `refs/${ref}` })),
);

/** The subjects of a person's tokens that are accepted. */
function getsIn(policy: string, user: string): ReadonlySet<string> {
  const read = parsePolicy(policy);
  const trust = { policy: read, compiled: compilePolicy(read) };
  const job = { organization: organization.id, project: PROJECT_ID, user };
  const subjects = [printV1Subject(job), ...SOURCES.map((source) => printV2Subject(job, source))];
  return new Set(
    subjects.filter((sub) => {
      const claims = { iss: `https://oidc.circleci.com/org/${organization.id}`, aud: organization.id, sub };
      return decideToken(trust, claims, PROVIDER).verdict === "allowed";
    }),
  );
}

const isMore = (one: ReadonlySet<string>, other: ReadonlySet<string>) =>
  [...one].some((sub) => !other.has(sub));

test("law: the reported people are those of access.yaml who gain or lose a place, and no others", () => {
  fc.assert(
    fc.property(grants, grants, (one, other) => {
      const [before, after] = [trustFor(one), trustFor(other)];
      const [change] = reviewPlan(plan([role(before, after)]), "plan", anAccess()).access;
      for (const effect of ["gained", "lost"] as const) {
        const sentences = (change?.sentences ?? []).filter((sentence) => sentence.effect === effect);
        const said = sentences.map(({ phrase }) => plainText(phrase));
        const named = new Set(sentences.flatMap((sentence) => sentence.people));
        for (const { name, id } of [alice, bob]) {
          const [was, is] = [getsIn(before, id), getsIn(after, id)];
          const changes = effect === "gained" ? isMore(is, was) : isMore(was, is);
          // A person with the same access as everyone is reported as part of everyone.
          const isReported = named.has(name) || said.some((text) => text.includes("everyone"));
          expect({ name, effect, reported: named.has(name), said }).toMatchObject(
            changes ? {} : { reported: false },
          );
          expect({ name, effect, said, isReported: changes ? isReported : true }).toMatchObject({
            isReported: true,
          });
        }
        expect(sentences.length > 0).toBe(
          [alice.id, bob.id, carol.id, "5ca1ab1e-0000-4000-8000-000000000000"].some((id) => {
            const [was, is] = [getsIn(before, id), getsIn(after, id)];
            return effect === "gained" ? isMore(is, was) : isMore(was, is);
          }),
        );
      }
    }),
    cases(5, 400),
  );
});
