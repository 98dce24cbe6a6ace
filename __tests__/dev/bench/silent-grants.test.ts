import { GRANTS, generatePlans, planOf } from "../../../dev/bench/silent/generate-plans";
import { HARMLESS } from "../../../dev/bench/silent/harmless";
import { isSilent, measureSilentGrants } from "../../../dev/bench/silent-grants";

test.each(GRANTS.map((piece) => [piece.name, piece] as const))("%s: not silent", (_, piece) => {
  expect(isSilent(planOf([piece], ""))).toBe(false);
  expect(isSilent(planOf([piece], "module.app."))).toBe(false);
});

test.each(HARMLESS.map((piece) => [piece.name, piece] as const))(
  "%s gives nobody anything, and raises no alarm",
  (_, piece) => {
    expect(isSilent(planOf([piece], ""))).toBe(true);
  },
);

test("generated plans: the same each time, a third of them grants access, none of those silently", () => {
  expect(generatePlans(30)).toEqual(generatePlans(30));
  expect(measureSilentGrants(60)).toEqual({ plans: 60, granting: 20, silent: [], alarmed: 0 });
});
