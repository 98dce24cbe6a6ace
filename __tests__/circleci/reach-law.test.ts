import fc from "fast-check";
import { runsOn } from "../../dev/sandbox/runner/pipeline-values";
import { projectJobs } from "../../lib/circleci/jobs";
import { isGranted, periodsFor } from "../../lib/config/model/grants";
import type {
  GrantedPeople,
  GrantedRefs,
  Periods,
  Person,
  Project,
  RefPattern,
  Role,
} from "../../lib/config/model/model";
import { isInForce } from "../../lib/config/model/period";
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

const [SPRING, SUMMER] = ["2027-03-01T00:00:00Z", "2027-06-01T00:00:00Z"];
/** Before, between and after the bounds of periods. */
const MOMENTS = ["2027-01-01T00:00:00Z", SPRING, SUMMER];

const dated: fc.Arbitrary<{ readonly periods?: Periods }> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom<Periods>(
        [{ end: SPRING }],
        [{ end: SUMMER }],
        [{ start: SPRING }],
        [{ end: SPRING }, { start: SUMMER }],
      )
      .map((periods) => ({ periods })),
  },
);

const people: fc.Arbitrary<GrantedPeople> = fc.oneof(
  { weight: 1, arbitrary: dated.map((period) => ({ ...everyone, ...period })) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.subarray([alice, bob, carol], { minLength: 1 }), fc.tuple(dated, dated, dated))
      .map(([all, periods]) => only(...all.map((one, index) => ({ ...one, ...periods[index] })))),
  },
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
  moment: string,
  starts: ReadonlyMap<string, { readonly requires?: readonly string[]; readonly filters?: string }>,
  { roles }: Project,
): boolean {
  const start = starts.get(key);
  const role = roles.find((one) => one.key === key);
  if (start === undefined || role === undefined) throw new Error(`no job ${key}`);
  return (
    runsOn(start.filters, ref) &&
    isOn(role.grant.refs, ref) &&
    isAllowed(role.grant.people, person, moment) &&
    (start.requires ?? []).every((one) => reaches(one, person, ref, moment, starts, { ...aProject(), roles }))
  );
}

function isAllowed(of: GrantedPeople, { id }: Person, moment: string): boolean {
  return isGranted(of, id) && isInForce(periodsFor(of, id), moment);
}

/** The pushes that AWS allows as this role, of which `branches: any` means every branch. */
function pushesOf({ grant }: Role): readonly (readonly [Person, Ref, string])[] {
  const pushed = REFS.filter(
    (ref) => isOn(grant.refs, ref) && (grant.refs.kind === "listed" || ref.tag === ""),
  );
  return PEOPLE.flatMap((person) =>
    MOMENTS.filter((moment) => isAllowed(grant.people, person, moment)).flatMap((moment) =>
      pushed.map((ref) => [person, ref, moment] as const),
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
        for (const [person, ref, moment] of pushesOf(role)) {
          const isReached = reaches(role.key, person, ref, moment, starts, one);
          if (!isReached) expect([role.key, person.name, ref, moment]).toEqual("reached");
        }
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
            ([person, ref, moment]) =>
              !isOn(before.grant.refs, ref) || !isAllowed(before.grant.people, person, moment),
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

test("a role goes first only if its people may assume it at all moments of the other one", () => {
  const started = (first: GrantedPeople, second: GrantedPeople, after?: readonly string[]) => {
    const wide = aRole({ key: "preview", grant: aGrant({ people: first, refs: anyRef }) });
    const pipeline = { run: [], contexts: [], ...(after === undefined ? {} : { after }) };
    const narrow = aRole({
      key: "deploy",
      grant: aGrant({ people: second, refs: refs({ branches: ["main"] }) }),
      pipeline,
    });
    const jobs = projectJobs(aProject({ roles: [narrow, wide] }));
    return jobs.find(({ name }) => name === "deploy")?.start.requires;
  };
  const [spring, summer] = [[{ end: SPRING }], [{ end: SUMMER }]];
  const bobs = (periods: Periods) => only({ ...bob, periods });
  const everyoneIn = (periods: Periods): GrantedPeople => ({ kind: "everyone", periods });
  expect(started(bobs(summer), bobs(spring))).toEqual(["preview"]);
  expect(started(bobs(spring), bobs(spring))).toEqual(["preview"]);
  expect(started(bobs(spring), bobs(summer))).toBeUndefined();
  expect(started(bobs(spring), only(bob))).toBeUndefined();
  expect(started(everyoneIn(spring), bobs(summer))).toBeUndefined();
  expect(started(everyoneIn(summer), bobs(spring))).toEqual(["preview"]);
  expect(() => started(bobs(spring), bobs(summer), ["preview"])).toThrow(
    "website/deploy waits for preview, but bob may assume preview only until 28 February 2027",
  );
  expect(() => started(everyoneIn(spring), everyone, ["preview"])).toThrow(
    "everyone may assume preview only until 28 February 2027",
  );
});
