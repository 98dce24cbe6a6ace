import { mergeConfig } from "../../lib/circleci/merge-config";
import { writeConfig } from "../../lib/circleci/write-config";
import { accessOfWebsite, projectOf } from "./one-project";
import { validConfig } from "./valid-config";

const WATCH =
  "watch: { people: [alice], branches: [main], terraform: watch, pipeline: { contexts: [chat] } }";
const DEPLOY = "deploy: { people: [alice], branches: [main] }";
const SCHEDULED =
  'pipeline.trigger_source == "scheduled_pipeline" and pipeline.schedule.name == "oidc-watch"';
const OTHERS = 'pipeline.schedule.name != "oidc-watch"';

const website = (roles: string, pipeline?: string) =>
  projectOf(accessOfWebsite(`{ ${roles} }`, pipeline), "website");
const watched = website(`${DEPLOY}, ${WATCH}`, "{ watch: daily }");

interface Config {
  readonly jobs: Readonly<Record<string, { readonly steps: readonly unknown[] }>>;
  readonly workflows: Readonly<Record<string, { readonly when?: string; readonly jobs: readonly unknown[] }>>;
}

test("the schedule starts the job that watches and nothing else, and a push everything else", () => {
  const { workflows } = validConfig<Config>(writeConfig(watched));
  expect(workflows).toEqual({
    website: { when: OTHERS, jobs: [{ deploy: expect.anything() }] },
    "oidc-watch": {
      when: SCHEDULED,
      jobs: [{ watch: { filters: 'pipeline.git.branch == "main"', context: ["chat"] } }],
    },
  });
});

test("the job assumes its own role and needs no stacks", () => {
  const steps = JSON.stringify(validConfig<Config>(writeConfig(watched)).jobs.watch?.steps);
  expect(steps).toContain("role/website-watch");
  expect(steps).toMatch(
    /oidc -- watch --once --fail-on broader,drift,unknown,assumption,changed,finding:high/,
  );
  expect(steps).not.toContain("synth");
});

test("what a team accepts is a file of the checkout", () => {
  const accepting = (file: string) =>
    website(`${DEPLOY}, ${WATCH}`, `{ watch: { every: weekly, accept: "${file}" } }`);
  expect(writeConfig(accepting("ci/accepted"))).toContain("finding:high --accept-file ci/accepted");
  for (const file of ["../accepted", "/etc/passwd", "a; b", "-x"]) expect(() => accepting(file)).toThrow();
});

test("a role that watches without pipeline.watch has no job, and no condition is added", () => {
  const { jobs, workflows } = validConfig<Config>(writeConfig(website(`${DEPLOY}, ${WATCH}`)));
  expect([Object.keys(jobs), workflows.website?.when]).toEqual([["deploy"], undefined]);
});

test("in an existing configuration it comes in once, and goes with pipeline.watch", () => {
  const before = writeConfig(website(DEPLOY));
  const merged = mergeConfig(watched, before, "config.yml");
  expect(validConfig<Config>(merged).workflows["oidc-watch"]?.when).toBe(SCHEDULED);
  expect(mergeConfig(watched, merged, "config.yml")).toBe(merged);
  const without = validConfig<Config>(mergeConfig(website(DEPLOY), merged, "config.yml"));
  expect(Object.keys(without.workflows)).toEqual(["website"]);
});
