import { compareText } from "../collections/sort";
import type { PlanJson } from "./plan-json";
import type { FailedCheck } from "./resource-change";
import type { Mask } from "./sensitive/masking";

type Checked = Pick<NonNullable<PlanJson["checks"]>[number], "address" | "status" | "problems">;

/**
 * The checks that do not hold, or are not known to, each instance by its own address; a check
 * without instances by its own (Terraform, "JSON Output Format", "Checks Representation"). A status
 * that is not known is unknown, and never a pass.
 */
export function failedChecksIn({ checks }: PlanJson, mask: Mask): readonly FailedCheck[] {
  return (checks ?? [])
    .filter(({ status }) => status !== "pass")
    .flatMap((check): readonly Checked[] => {
      const instances = (check.instances ?? []).filter(({ status }) => status !== "pass");
      return instances.length === 0 ? [check] : instances;
    })
    .map(
      ({ address, status, problems }): FailedCheck => ({
        address: mask(address.to_display),
        status: status === "fail" || status === "error" ? status : "unknown",
        problems: (problems ?? []).map(({ message }) => mask(message)).sort(compareText),
      }),
    )
    .sort((one, other) => compareText(one.address, other.address) || compareText(one.status, other.status));
}
