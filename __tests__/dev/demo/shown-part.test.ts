import { shownPart } from "../../../dev/demo/shown-part";
import { anAccess, anAccount, aProject, aRole } from "../../fixtures/access";
import { codeOf } from "../../fixtures/project-error";

const main = anAccount();
const staging = anAccount({ key: "staging", id: "210987654321" });
const both = anAccess({
  accounts: [main, staging],
  projects: [
    aProject({
      roles: [
        aRole(),
        aRole({ key: "try", account: staging, pipeline: { run: [], contexts: [], after: ["deploy"] } }),
      ],
    }),
    aProject({ key: "internal", roles: [aRole({ key: "only", account: staging })] }),
  ],
});

test("a file with one account is shown whole", () => {
  const access = anAccess();
  expect(shownPart(access)).toEqual({ access, leftOut: [] });
});

test("of several accounts one is shown, with its own roles, and the output names the rest", () => {
  const { access, leftOut } = shownPart(both, "main");
  expect(access.accounts).toEqual([main]);
  expect(access.projects.map(({ key, roles }) => [key, roles.map((role) => role.key)])).toEqual([
    ["website", ["deploy"]],
  ]);
  expect(leftOut).toEqual(["account staging: use --account staging"]);
});

test("a chosen account is shown, and its jobs do not wait for jobs of others", () => {
  const { access } = shownPart(both, "staging");
  expect(access.projects.map(({ key, roles }) => [key, roles.map((role) => role.key)])).toEqual([
    ["website", ["try"]],
    ["internal", ["only"]],
  ]);
  expect(access.projects[0]?.roles[0]?.pipeline.after).toEqual([]);
});

test("by default it is the account with the most roles", () => {
  expect(shownPart(both).access.accounts).toEqual([staging]);
  const access = anAccess({ accounts: [anAccount({ key: "empty" }), main] });
  expect(shownPart(access).access.accounts).toEqual([main]);
});

test("the users' own commands are not run on the demo's site, and the output says so", () => {
  const project = aProject({
    pipeline: { image: "cimg/node:22.11", build: ["npm ci"], publish: "dist", contexts: [] },
    roles: [aRole({ pipeline: { run: ["./notify"], contexts: [] } })],
  });
  const { access, leftOut } = shownPart(anAccess({ projects: [project] }));
  expect(access.projects[0]?.pipeline).toEqual({ ...project.pipeline, build: [] });
  expect(access.projects[0]?.roles[0]?.pipeline.run).toEqual([]);
  expect(leftOut).toEqual([
    "the commands of the file's pipelines (npm ci; ./notify): the pushed code is the demo's",
  ]);
});

test("an account that the file does not have, and a partition that the local AWS does not have, are errors", () => {
  expect(codeOf(() => shownPart(both, "stagin"))).toBe("unknown-account 2");
  const china = anAccount({ region: "cn-north-1", partition: "aws-cn" });
  expect(codeOf(() => shownPart(anAccess({ accounts: [china] })))).toBe("demo-partition 2");
});
