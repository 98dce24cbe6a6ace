import { CHANGES_OF_SERVICE, generatePlan, RESOURCES_OF_SERVICE } from "../../../dev/bench/generate-plan";
import { readPlan } from "../../../lib/diff/read-plan";
import { reviewOf } from "../../../lib/report/model/review-of";

const SERVICES = 7;

function reviewed(changed: number) {
  return reviewOf([readPlan(generatePlan(SERVICES, changed), "large")], {});
}

describe("generatePlan", () => {
  test("every resource has its own address and name: nothing is managed by two resources, and nothing is shared", () => {
    const { facts } = readPlan(generatePlan(SERVICES, SERVICES), "large");
    expect(new Set(facts.changes.map(({ address }) => address)).size).toBe(facts.changes.length);
    const { access } = reviewed(SERVICES);
    expect(access.map(({ aspect, relation }) => `${aspect} ${relation}`).sort()).toEqual([
      ...Array(SERVICES).fill("bucket-policy broader"),
      ...Array(SERVICES).fill("permissions broader"),
    ]);
    expect(new Set(access.map(({ subject }) => subject)).size).toBe(2 * SERVICES);
  });

  test.each([0, 1, 3, SERVICES])("the requested number of services changes: %i", (changed) => {
    const { stacks, access } = reviewed(changed);
    expect(stacks[0]?.resources).toHaveLength(changed * CHANGES_OF_SERVICE);
    expect(access).toHaveLength(changed * 2);
    const all = JSON.parse(generatePlan(SERVICES, changed)).resource_changes;
    expect(all).toHaveLength(SERVICES * RESOURCES_OF_SERVICE);
  });

  test("its passwords are not in the report", () => {
    expect(JSON.stringify(reviewed(SERVICES))).not.toContain("do-not-show");
    expect(generatePlan(SERVICES, SERVICES)).toContain("do-not-show");
  });
});
