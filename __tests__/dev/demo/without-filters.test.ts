import { parse } from "yaml";
import { withoutFilters } from "../../../dev/demo/replay/without-filters";
import { writeConfig } from "../../../lib/circleci/write-config";
import { aGrant, anyRef, aProject, aRole } from "../../fixtures/access";

const preview = aRole({ key: "preview", grant: aGrant({ refs: anyRef }) });

test("the filters are removed, and the rest of the config is unchanged", () => {
  const config = writeConfig(aProject({ roles: [preview, aRole()] }));
  const before = parse(config);
  expect(before.workflows.website.jobs[1].deploy.filters).toBe('pipeline.git.branch == "main"');
  delete before.workflows.website.jobs[1].deploy.filters;
  expect(parse(withoutFilters(config) ?? "")).toEqual(before);
});

test("a config without filters is unchanged", () => {
  expect(withoutFilters(writeConfig(aProject({ roles: [preview] })))).toBeUndefined();
});
