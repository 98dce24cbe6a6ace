import { MOST_PEOPLE, MOST_PROJECTS, notShown, scenariosOf } from "../../../dev/demo/replay/scenarios";
import {
  aGrant,
  alice,
  anAccess,
  anyRef,
  aProject,
  aRole,
  bob,
  everyone,
  only,
  refs,
} from "../../fixtures/access";

const preview = aRole({ key: "preview", grant: aGrant({ people: everyone, refs: anyRef }) });
const deploy = (of: Parameters<typeof aGrant>[0]) => aRole({ grant: aGrant(of) });
const titles = (...roles: ReturnType<typeof aRole>[]) =>
  scenariosOf(anAccess({ projects: [aProject({ roles })] })).map(({ title }) => title);

test("the demo follows the file: its people and its branches", () => {
  expect(titles(preview, deploy({ people: only(bob), refs: refs({ branches: ["trunk"] }) }))).toEqual([
    "alice pushes to trunk",
    "bob pushes to trunk",
    "alice pushes to feature/try-it",
    "alice pushes to feature/try-it, with the filters removed from the config",
    "an outside contributor opens a pull request from a fork",
    "bob runs the same jobs in another project",
  ]);
});

test("a pattern is replaced by a name that it covers, and a tag is pushed if there are only tags", () => {
  expect(titles(deploy({ refs: refs({ branches: ["release/*"] }) }))[0]).toBe("alice pushes to release/1");
  const [first] = scenariosOf(
    anAccess({ projects: [aProject({ roles: [deploy({ refs: refs({ tags: ["v*"] }) })] })] }),
  );
  expect(first?.ref).toEqual({ kind: "tag", name: "v1" });
});

test("beside a role for branches, a release role for tags only is pushed a tag, by one who may and one who may not", () => {
  const release = { ...deploy({ people: only(bob), refs: refs({ tags: ["v*"] }) }), key: "release" };
  expect(titles(deploy({}), release).slice(0, 5)).toEqual([
    "alice pushes to main",
    "bob pushes to main",
    "bob pushes tag v1",
    "alice pushes tag v1",
    "alice pushes to feature/try-it",
  ]);
});

test("the fork's author is not in the file, and its repository has another owner", () => {
  const fork = scenariosOf(anAccess()).find(({ pullRequest }) => pullRequest !== undefined);
  expect(fork?.origin).toBe("github.com/contributor/website");
  expect([alice.id, bob.id]).not.toContain(fork?.person.id);
});

test("a config with filters is pushed without them, from a branch that no role lists", () => {
  const [edited] = scenariosOf(
    anAccess({
      projects: [aProject({ roles: [preview, deploy({ refs: refs({ branches: ["feature/*"] }) })] })],
    }),
  ).filter(({ kind }) => kind === "edited");
  expect(edited?.config).not.toContain("filters");
  expect(edited?.ref.name).toBe("try/try-it");
  const kinds = scenariosOf(anAccess({ projects: [aProject({ roles: [preview] })] })).map(({ kind }) => kind);
  expect(kinds).not.toContain("edited");
});

test("a large file is shown in part, and the output names the rest", () => {
  const people = Array.from({ length: 20 }, (_, index) => ({
    name: `p${index}`,
    id: alice.id.replace(/^../, `${10 + index}`),
  }));
  const projects = Array.from({ length: 20 }, (_, index) => aProject({ key: `p${index}` }));
  const access = anAccess({ people: people.slice(0, 6), projects: projects.slice(0, 4) });
  expect(notShown(access)).toEqual([
    "projects p3: deployed, without pushes",
    "p4, p5: only the first 4 people push",
  ]);
  expect(notShown(anAccess())).toEqual([]);
  expect(scenariosOf(anAccess({ people, projects }))).toHaveLength(MOST_PROJECTS * (MOST_PEOPLE + 4));
});

test("with several projects each scenario names its project, and the other project's job is a real one's", () => {
  const other = aProject({ key: "shop", id: bob.id });
  const [first, , , , , elsewhere] = scenariosOf(anAccess({ projects: [aProject(), other] }));
  expect(first?.title).toBe("alice pushes to main of website");
  expect(elsewhere).toMatchObject({ projectId: bob.id, title: "alice runs the same jobs in shop" });
});

test("roles that run Terraform are not pushed to, which the output says; a project keeps its other roles", () => {
  const terraform = {
    task: "plan",
    isOnlyAccount: true,
    roles: [],
    buckets: [],
    pipelineRoles: [],
    issuers: [],
    stacks: [],
    administratorStacks: [],
  } as const;
  const plan = aRole({ key: "plan", terraform });
  const access = anAccess({
    projects: [aProject({ key: "infrastructure", roles: [plan] }), aProject({ roles: [plan, preview] })],
  });
  const scenarios = scenariosOf(access);
  expect(new Set(scenarios.map(({ project }) => project.key))).toEqual(new Set(["website"]));
  expect(scenarios[0]?.project.roles).toEqual([preview]);
  expect(scenarios[0]?.config).not.toContain("plan:");
  expect(notShown(access)).toEqual([
    "jobs of infrastructure/plan, website/plan: the roles are deployed, but no job runs Terraform",
  ]);
});
