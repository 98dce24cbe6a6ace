import { GRANTS, generatePlans, planOf } from "../../../dev/bench/silent/generate-plans";
import { HARMLESS } from "../../../dev/bench/silent/harmless";
import { isSilent, measureSilentGrants } from "../../../dev/bench/silent-grants";

test.each(GRANTS.map((piece) => [piece.name, piece] as const))("%s: reported", (_, piece) => {
  expect(isSilent(planOf([piece], ""))).toBe(false);
  expect(isSilent(planOf([piece], "module.app."))).toBe(false);
});

test.each(HARMLESS.map((piece) => [piece.name, piece] as const))(
  "%s: no grant and no finding",
  (_, piece) => {
    expect(isSilent(planOf([piece], ""))).toBe(true);
  },
);

test("generated plans are deterministic, a third grants access, and every grant is reported", () => {
  expect(generatePlans(30)).toEqual(generatePlans(30));
  expect(measureSilentGrants(60)).toEqual({ plans: 60, granting: 20, silent: [], alarmed: 0 });
});
