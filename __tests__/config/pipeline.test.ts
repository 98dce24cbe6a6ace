import { defaultImage } from "../../lib/config/schema/pipeline-schema";
import { accepted, acceptedRole, fileWithRole, refusals, roleWith } from "./sample";

test("a file without a pipeline section gets the default image and folder", () => {
  const { projects } = accepted(fileWithRole("{ people: [alice], branches: [main] }"));
  expect(projects[0]?.pipeline).toEqual({
    image: defaultImage,
    build: [],
    publish: "public",
    contexts: [],
  });
  expect(projects[0]?.roles[0]?.pipeline).toEqual({ run: [], contexts: [] });
});

test("commands keep their order, because they run one after another", () => {
  const role = acceptedRole(roleWith("pipeline: { run: [b, a], contexts: [z, y] }"));
  expect(role.pipeline).toEqual({ run: ["b", "a"], contexts: ["z", "y"] });
});

test("`requires: []` differs from a missing `requires`", () => {
  expect(acceptedRole(roleWith("pipeline: { after: [] }")).pipeline.after).toEqual([]);
  expect(acceptedRole(roleWith("pipeline: { run: [a] }")).pipeline.after).toBeUndefined();
});

test.each([
  ["pipeline: { runs: [a] }", "unknown-key runs"],
  ["pipeline: { run: [] }", "empty-list []"],
  ['pipeline: { run: ["a\\nb"] }', "malformed-pipeline a\nb"],
  ['pipeline: { run: [" "] }', "malformed-pipeline  "],
  ["pipeline: { executor: node, image: cimg/node:22.11 }", "pipeline-keys-exclusive image"],
  [
    "pipeline: { executor: node, imageCredentials: { username: A, password: B } }",
    "pipeline-keys-exclusive imageCredentials",
  ],
  ["terraform: plan, pipeline: { workflow: access }", "pipeline-keys-exclusive workflow"],
  ["pipeline: { imageCredentials: { username: A } }", "missing-key password"],
  ["pipeline: { imageCredentials: { username: A, password: s3cr-t } }", "malformed-pipeline s3cr-t"],
  ["pipeline: { environment: {} }", "empty-map {}"],
  ["pipeline: { environment: { AWS_ACCESS_KEY_ID: AKIA } }", "malformed-pipeline AWS_ACCESS_KEY_ID"],
  ["pipeline: { steps: { before: [] } }", "empty-list []"],
  ["pipeline: { steps: { during: [checkout] } }", "unknown-key during"],
  ["pipeline: { approval: false }", "wrong-type false"],
  ['pipeline: { job: "a: b" }', "malformed-pipeline a: b"],
  ["pipeline: { publish: ../x }", "malformed-pipeline ../x"],
  ["pipeline: { publish: { folder: dist, deletes: true } }", "unknown-key deletes"],
  ["pipeline: { publish: { prefix: tag } }", "wrong-value tag"],
  ["pipeline: { after: [deploy] }", "circular-pipeline deploy after deploy"],
])("%s", (text, refusal) => {
  expect(refusals(roleWith(text))).toEqual([refusal]);
});

test("a name of no role is a job of the CircleCI config", () => {
  expect(acceptedRole(roleWith("pipeline: { after: [test] }")).pipeline.after).toEqual(["test"]);
});

test("every job setting of a role", () => {
  const said = `pipeline: {
    job: deploy-web, workflow: build, after: [test], approval: true, image: cimg/node:22.11, resourceClass: large,
    imageCredentials: { username: HUB_USER, password: HUB_PASSWORD },
    environment: { STAGE: production },
    steps: { before: [setup_remote_docker, { attach_workspace: { at: . } }], after: [{ save_cache: { key: k, paths: [.] } }] },
    publish: { folder: dist, prefix: branch, delete: true, exclude: ["*.map"], cache: { "assets/*": "public, max-age=31536000" } }
  }`;
  expect(acceptedRole(roleWith(said.replaceAll("\n", " "))).pipeline).toEqual({
    job: "deploy-web",
    workflow: "build",
    after: ["test"],
    approval: "approve-deploy-web",
    image: "cimg/node:22.11",
    resourceClass: "large",
    imageCredentials: { username: "HUB_USER", password: "HUB_PASSWORD" },
    environment: { STAGE: "production" },
    steps: {
      before: ["setup_remote_docker", { attach_workspace: { at: "." } }],
      after: [{ save_cache: { key: "k", paths: ["."] } }],
    },
    publish: "dist",
    upload: {
      prefix: "branch",
      delete: true,
      exclude: ["*.map"],
      cache: [{ files: "assets/*", control: "public, max-age=31536000" }],
    },
    run: [],
    contexts: [],
  });
});
