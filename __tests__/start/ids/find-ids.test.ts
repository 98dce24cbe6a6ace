import { readSlug } from "../../../lib/circleci/api/slug";
import { findIds, type Ids } from "../../../lib/start/ids/find-ids";
import {
  ALICE,
  acme,
  BOB,
  CAROL,
  clientOf,
  MALLORY,
  ORGANIZATION,
  PROJECT,
  pipeline,
  REPOSITORY,
} from "../../circleci/a-circleci";
import {
  type CirclePipeline,
  type CircleProject,
  type CircleState,
  serveCircleCI,
} from "../../circleci/api-server";

const FORK = "https://github.com/mallory/website";

async function ids(state: CircleState, slug = "gh/acme/website", most = 100): Promise<Ids> {
  const fake = await serveCircleCI(state);
  try {
    return await findIds(await clientOf(fake), readSlug(slug), most);
  } finally {
    await fake.close();
  }
}

async function people(
  pipelines: readonly CirclePipeline[],
): Promise<readonly (readonly [login: string, source: string])[]> {
  const found = await ids(acme({ pipelines }));
  return found.people.filter(({ isYou }) => !isYou).map(({ login, source }) => [login, source]);
}

test("organization, project and everyone who started a pipeline, with their IDs", async () => {
  expect(await ids(acme())).toEqual({
    organization: { id: ORGANIZATION, name: "acme", slug: "gh/acme" },
    project: {
      id: PROJECT,
      name: "website",
      slug: "gh/acme/website",
      repository: "github.com/acme/website",
    },
    people: [
      { id: ALICE, login: "alice", name: "Alice Liddell", isYou: true, source: "project" },
      { id: MALLORY, login: "mallory", name: "Bob", isYou: false, source: "fork" },
      { id: BOB, login: "bob", name: undefined, isYou: false, source: "project" },
    ],
    unresolved: [],
    pipelines: 4,
  });
});

describe("the person of an ID", () => {
  test("is not the actor if others have rerun the workflow", async () => {
    const found = await people([pipeline(2, "bob", [CAROL, BOB])]);
    expect(found).toEqual([
      ["carol", "project"],
      ["bob", "project"],
    ]);
    expect(await people([pipeline(2, "bob", [CAROL])])).toEqual([["carol", "project"]]);
  });

  test("comes from an older pipeline if the newest could not start", async () => {
    expect(await people([pipeline(2, "bob", []), pipeline(1, "bob", [BOB])])).toEqual([["bob", "project"]]);
  });

  test("stays unknown without a workflow of their own", async () => {
    const pipelines = [pipeline(2, "dependabot[bot]", []), pipeline(1, "bob", [BOB])];
    const found = await ids(acme({ pipelines }));
    expect(found.unresolved).toEqual(["dependabot[bot]"]);
    expect(found.people.map(({ login }) => login)).toEqual(["alice", "bob"]);
  });

  test("is found if CircleCI names no actor", async () => {
    const pipelines = [pipeline(2, null, [CAROL]), pipeline(1, null, [BOB])];
    expect(await people(pipelines)).toEqual([
      ["carol", "project"],
      ["bob", "project"],
    ]);
  });

  test("is unknown if CircleCI knows no such user", async () => {
    expect(await people([pipeline(1, "ghost", [PROJECT])])).toEqual([]);
  });

  test("is requested once for each person", async () => {
    const state = acme({ pipelines: [3, 2, 1].map((number) => pipeline(number, "bob", [BOB])) });
    await ids(state);
    expect(state.count("GET", /\/user\//)).toBe(1);
    expect(state.count("GET", /\/workflow$/)).toBe(1);
  });
});

describe("the origin of the code that a person ran", () => {
  test.each<[string, readonly CirclePipeline[], string]>([
    ["the project's", [pipeline(1, "bob", [BOB], "git@github.com:Acme/website.git")], "project"],
    ["a fork's", [pipeline(1, "bob", [BOB], FORK)], "fork"],
    ["both", [pipeline(2, "bob", [BOB], FORK), pipeline(1, "bob", [BOB])], "project"],
    [
      "the same path at another host",
      [pipeline(1, "bob", [BOB], "https://evil.example/acme/website")],
      "fork",
    ],
    ["an unknown repository", [pipeline(1, "bob", [BOB], null)], "unknown"],
    [
      "a fork's and an unknown one",
      [pipeline(2, "bob", [BOB], FORK), pipeline(1, "bob", [BOB], null)],
      "unknown",
    ],
  ])("%s", async (_, pipelines, source) => {
    expect(await people(pipelines)).toEqual([["bob", source]]);
  });

  test("is the fork if a person reruns a fork's pipeline", async () => {
    expect(await people([pipeline(1, "mallory", [CAROL, MALLORY], FORK)])).toEqual([
      ["carol", "fork"],
      ["mallory", "fork"],
    ]);
    const bobs = [pipeline(2, "bob", [CAROL, BOB], FORK), pipeline(1, "bob", [BOB])];
    expect(await people(bobs)).toEqual([
      ["carol", "fork"],
      ["bob", "project"],
    ]);
  });
});

describe("the repository", () => {
  const app = (pipelines: CircleProject["pipelines"]): CircleState =>
    acme({ slug: "circleci/Org1/Proj1", pipelines });

  test("of a project with CircleCI's GitHub App is that of its pipelines", async () => {
    const found = await ids(
      app([pipeline(2, "bob", [BOB], null), pipeline(1, "bob", [BOB])]),
      "circleci/Org1/Proj1",
    );
    expect(found.project.repository).toBe("github.com/acme/website");
    expect(REPOSITORY).toContain("github.com/acme/website");
  });

  test("is unknown if CircleCI does not return it", async () => {
    const found = await ids(app([pipeline(1, "bob", [BOB], null)]), "circleci/Org1/Proj1");
    expect(found.project.repository).toBeUndefined();
  });
});

test("no pipeline is requested if none is wanted", async () => {
  const state = acme();
  expect((await ids(state, "gh/acme/website", 0)).people.map(({ id }) => id)).toEqual([ALICE]);
  expect(state.count("GET", /pipeline/)).toBe(0);
});
