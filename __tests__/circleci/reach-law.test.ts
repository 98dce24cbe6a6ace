import fc from "fast-check";
import { runsOn } from "../../dev/sandbox/runner/pipeline-values";
import { projectJobs } from "../../lib/circleci/jobs";
import { isGranted } from "../../lib/config/model/grants";
import type {
  GrantedPeople,
  GrantedRefs,
  Person,
  Project,
  RefPattern,
  Role,
} from "../../lib/config/model/model";
import { ProjectError } from "../../lib/errors";
import { aGrant, alice, anyRef, aProject, aRole, bob, everyone, only, refs } from "../fixtures/access";
import { cases } from "../iam/automata/cases";

const carol: Person = { name: "carol", id: "a2d0a1f7-6c0b-4d3e-9a5c-6f1e8d2b3c03" };
/** A person who is in no list. */
const dave: Person = { name: "dave", id: "b3d0a1f7-6c0b-4d3e-9a5c-6f1e8d2b3c04" };
const PEOPLE = [alice, bob, carol, dave];

const BRANCHES = ["main", "develop", "release/1", "release/*", "release/2/*"];
const TAGS = ["v*", "v1", "v1.2"];

/** One ref, as a pipeline has it. */
interface Ref {
  readonly branch: string;
  readonly tag: string;
}

const REFS: readonly Ref[] = [
  ...["main", "develop", "release/1", "release/2/3", "release/9", "feature/x"].map((branch) => ({
    branch,
    tag: "",
  })),
  ...["v1", "v1.2", "v2", "nightly"].map((tag) => ({ branch: "", tag })),
];

const people: fc.Arbitrary<GrantedPeople> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(everyone) },
  { weight: 3, arbitrary: fc.subarray([alice, bob, carol], { minLength: 1 }).map((all) => only(...all)) },
);

const granted: fc.Arbitrary<GrantedRefs> = fc.oneof(
  { weight: 1, arbitrary: fc.constant<GrantedRefs>(anyRef) },
  {
    weight: 3,
    arbitrary: fc
      .record({ branches: fc.subarray(BRANCHES), tags: fc.subarray(TAGS) })
      .filter(({ branches, tags }) => branches.length + tags.length > 0)
      .map(refs),
  },
);

/** Up to five roles, each of which may name earlier ones, or none, to wait for. */
const project: fc.Arbitrary<Project> = fc
  .array(
    fc.record({
      people,
      refs: granted,
      after: fc.option(fc.array(fc.nat(4), { maxLength: 2 }), { nil: undefined }),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((all) =>
    aProject({
      roles: all.map(({ after, ...grant }, index): Role => {
        const earlier = after?.filter((one) => one < index).map((one) => `r${one}`);
        return aRole({
          key: `r${index}`,
          grant: aGrant(grant),
          pipeline: {
            run: [],
            contexts: [],
            ...(earlier === undefined ? {} : { after: [...new Set(earlier)] }),
          },
        });
      }),
    }),
  );

function includes(pattern: RefPattern, name: string): boolean {
  return pattern.kind === "exact" ? pattern.name === name : name.startsWith(pattern.prefix);
}

/** Whether AWS lets a job on this ref assume the role, the person aside. */
function isOn(of: GrantedRefs, { branch, tag }: Ref): boolean {
  if (of.kind === "any") return true;
  return tag === ""
    ? of.branches.some((one) => includes(one, branch))
    : of.tags.some((one) => includes(one, tag));
}

/**
 * Whether a person's push reaches a job: CircleCI runs it, AWS allows it, and the same holds for
 * all that it waits for.
 */
function reaches(
  key: string,
  person: Person,
  ref: Ref,
  starts: ReadonlyMap<string, { readonly requires?: readonly string[]; readonly filters?: string }>,
  { roles }: Project,
): boolean {
  const start = starts.get(key);
  const role = roles.find((one) => one.key === key);
  if (start === undefined || role === undefined) throw new Error(`no job ${key}`);
  return (
    runsOn(start.filters, ref) &&
    isOn(role.grant.refs, ref) &&
    isGranted(role.grant.people, person.id) &&
    (start.requires ?? []).every((one) => reaches(one, person, ref, starts, { ...aProject(), roles }))
  );
}

/** The pushes that AWS allows as this role, of which `branches: any` means every branch. */
function pushesOf({ grant }: Role): readonly (readonly [Person, Ref])[] {
  return PEOPLE.filter(({ id }) => isGranted(grant.people, id)).flatMap((person) =>
    REFS.filter((ref) => isOn(grant.refs, ref) && (grant.refs.kind === "listed" || ref.tag === "")).map(
      (ref) => [person, ref] as const,
    ),
  );
}

test("every push that may run a job reaches it, or the file is an error", () => {
  let written = 0;
  fc.assert(
    fc.property(project, (one) => {
      let jobs: ReturnType<typeof projectJobs>;
      try {
        jobs = projectJobs(one);
      } catch (error) {
        expect(error instanceof ProjectError && error.code).toBe("pipeline-never-runs");
        return;
      }
      written += 1;
      const starts = new Map(jobs.map(({ name, start }) => [name, start]));
      for (const role of one.roles)
        for (const [person, ref] of pushesOf(role))
          expect([role.key, person.name, ref, reaches(role.key, person, ref, starts, one)]).toEqual([
            role.key,
            person.name,
            ref,
            true,
          ]);
    }),
    cases(120, 5_000),
  );
  expect(written).toBeGreaterThan(10);
});

test("a file is an error if a permitted push would not reach a job", () => {
  let refused = 0;
  fc.assert(
    fc.property(project, (one) => {
      for (const role of one.roles) {
        for (const key of role.pipeline.after ?? []) {
          const before = one.roles.find((other) => other.key === key);
          if (before === undefined) throw new Error(`no role ${key}`);
          const pair = aProject({
            roles: [
              { ...before, pipeline: { run: [], contexts: [], after: [] } },
              { ...role, pipeline: { run: [], contexts: [], after: [key] } },
            ],
          });
          const isRefused = isNeverRun(pair);
          if (isRefused) refused += 1;
          const unreached = pushesOf(role).some(
            ([person, ref]) => !isOn(before.grant.refs, ref) || !isGranted(before.grant.people, person.id),
          );
          // Of patterns, only some refs are tried here: what is reached by all of them may still be
          // refused, never the other way round.
          if (unreached) expect([key, isRefused]).toEqual([key, true]);
        }
      }
    }),
    cases(120, 5_000),
  );
  expect(refused).toBeGreaterThan(5);
});

function isNeverRun(one: Project): boolean {
  try {
    projectJobs(one);
    return false;
  } catch (error) {
    if (error instanceof ProjectError && error.code === "pipeline-never-runs") return true;
    throw error;
  }
}
