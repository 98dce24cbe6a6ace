import { mergeConfig } from "../../lib/circleci/merge-config";
import { writeConfig } from "../../lib/circleci/write-config";
import { accessOfWebsite, projectOf } from "./one-project";

const website = (roles: string) => projectOf(accessOfWebsite(roles), "website");
const said = (roles: string): readonly string[] =>
  [
    ...writeConfig(website(roles)).matchAll(
      /description: "?cdktf-circleci-oidc, project website: (.*)\. Written/g,
    ),
  ].map(([, what = ""]) => what);
const deploy = (more: string) => `{ deploy: { ${more}, branches: [main] } }`;

test("a job's description names the people whose access begins or ends, by dates alone", () => {
  expect(said(deploy("people: [alice, { bob: { until: 2026-12-31 } }]"))).toEqual([
    "a job of role deploy (bob until 31 December 2026)",
  ]);
  expect(
    said(deploy("people: [{ alice: { from: 2020-02-01 } }, { bob: { until: 2020-12-31T18:00Z } }]")),
  ).toEqual(["a job of role deploy (alice from 1 February 2020 and bob until 31 December 2020 18:00 UTC)"]);
  expect(said(deploy("people: everyone, until: 2026-12-31"))).toEqual([
    "a job of role deploy (everyone until 31 December 2026)",
  ]);
  expect(said(deploy("people: [alice, bob]"))).toEqual(["a job of role deploy"]);
});

test("another date is another configuration; the same file is up to date at every time", () => {
  const [until, later] = ["2020-12-31", "2021-12-31"].map((day) =>
    website(deploy(`people: [alice, { bob: { until: ${day} } }]`)),
  );
  if (until === undefined || later === undefined) throw new Error("two projects");
  const text = writeConfig(until);
  expect(mergeConfig(until, text, "config.yml")).toBe(text);
  expect(mergeConfig(later, text, "config.yml")).toBe(text.replace("December 2020", "December 2021"));
});
