import path from "node:path";
import { goldenPlan, handWrittenPlan } from "../../dev/golden/cases";
import { auditInputs } from "../../lib/audit/audit";
import { readInputs } from "../../lib/audit/inputs/read-inputs";
import { readPlan } from "../../lib/diff/read-plan";
import { repositoryRoot } from "../../lib/programs/cache";
import { reviewOf } from "../../lib/report/model/review-of";

// The same plan by provider 5.100.0, as Terraform wrote it, and by version 6, written by hand
// (dev/golden/README.md).
const FIVE = "public-access-block-loosened";
const SIX = "provider-6";

test("a plan by version 6 of the provider is reviewed as one by 5.100.0, its import by identity included", () => {
  const review = (text: string) => {
    const { access, notExamined, stacks } = reviewOf([readPlan(text, "plan")], {});
    const imports = stacks.flatMap(({ resources }) =>
      resources.flatMap(({ address, importId }) =>
        importId === undefined ? [] : [`${address}: ${importId}`],
      ),
    );
    return { access, notExamined, imports };
  };
  const [five, six] = [review(goldenPlan(FIVE)), review(handWrittenPlan(SIX))];
  expect(five.access.map(({ relation }) => relation)).toEqual(["broader"]);
  expect(six).toEqual({ ...five, imports: ['aws_iam_role.deploy: {"name":"website-deploy"}'] });
});

test("audit reads it too, and finds the same trust policies", () => {
  const audit = (...file: readonly string[]) => {
    const { audited, findings } = auditInputs(
      readInputs([path.join(repositoryRoot, "dev", "golden", ...file)]),
    );
    return { audited, findings };
  };
  const five = audit("plans", `${FIVE}.plan.json`);
  expect(five.audited).toBe(1);
  expect(audit("by-hand", `${SIX}.plan.json`)).toEqual(five);
});
