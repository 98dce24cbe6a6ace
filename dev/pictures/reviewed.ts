import path from "node:path";
import { readPlan } from "../../lib/diff/read-plan";
import { repositoryRoot } from "../../lib/programs/cache";
import { awsPolicies } from "../../lib/project/aws-data";
import { readAccess } from "../../lib/project/read-access";
import type { Review } from "../../lib/report/model/review";
import { reviewOf } from "../../lib/report/model/review-of";
import { goldenPlan } from "../golden/cases";
import { situationPlan } from "../golden/situations";

/**
 * The review that the pictures show: three stacks of golden plans, with the people of
 * examples/talk.
 */
export function reviewInPictures(): Review {
  const access = readAccess(path.join(repositoryRoot, "examples", "talk", "access.yaml"));
  const plans = [
    readPlan(goldenPlan("talk-person-added"), "main-website"),
    readPlan(situationPlan("data-lake-partner"), "data-lake"),
    readPlan(situationPlan("refactored-into-modules"), "services"),
  ];
  return reviewOf(plans, { access, aws: awsPolicies });
}
