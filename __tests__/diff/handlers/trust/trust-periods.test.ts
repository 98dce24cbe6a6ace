import type { Periods } from "../../../../lib/config/model/model";
import { alice, anAccess, bob } from "../../../fixtures/access";
import { plan, reviewPlan, role, saidIn, trustFor } from "../../../plan/a-plan";

const access = anAccess();
const trust = (periods?: Periods): string =>
  trustFor({
    people: { kind: "listed", members: [alice, { ...bob, ...(periods === undefined ? {} : { periods }) }] },
  });
const reported = (before: string, after: string) => {
  const [change] = reviewPlan(plan([role(before, after)]), "plan.json", access).access;
  return [change?.relation, ...(change === undefined ? [] : saidIn(change))];
};
const [NEW_YEAR, MARCH] = ["2027-01-01T00:00:00Z", "2027-03-01T00:00:00Z"];

const bobs = "website-deploy from main of github.com/acme/website, for requests";

test("an extension is broader by the moments that it adds, and a shortening is narrower by them", () => {
  const added = "from 1 January 2027 on and before 1 March 2027";
  expect(reported(trust([{ end: NEW_YEAR }]), trust([{ end: MARCH }]))).toEqual([
    "broader",
    `bob can now assume ${bobs} ${added}`,
  ]);
  expect(reported(trust([{ end: MARCH }]), trust([{ end: NEW_YEAR }]))).toEqual([
    "narrower",
    `bob can no longer assume ${bobs} ${added}`,
  ]);
});

test("an entry with an end is broader up to the end; an end for a person who had none is narrower", () => {
  expect(reported(trustFor(), trust([{ end: MARCH }]))).toEqual([
    "broader",
    `bob can now assume ${bobs} before 1 March 2027`,
  ]);
  expect(reported(trust(), trust([{ end: MARCH }]))).toEqual([
    "narrower",
    `bob can no longer assume ${bobs} from 1 March 2027 on`,
  ]);
});
