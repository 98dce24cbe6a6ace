import { plainText } from "../../lib/describe/phrase";
import { printMarkdown } from "../../lib/report/markdown/report";
import { hasChanges } from "../../lib/report/model/has-changes";
import { reviewSchema } from "../../lib/report/model/review";
import { gateItemsIn } from "../../lib/report/verdict/gate";
import { verdictOf } from "../../lib/report/verdict/verdict";
import { plan, reviewPlan } from "./a-plan";

// Actions of providers (Terraform 1.14) change no resource of the plan, and can do everything that
// the provider can.

const invoke = (more: object = {}) => ({
  address: "action.aws_lambda_invoke.grant",
  type: "aws_lambda_invoke",
  name: "grant",
  config_values: { function_name: "grant", payload: "{}" },
  config_sensitive: {},
  config_unknown: {},
  provider_name: "registry.terraform.io/hashicorp/aws",
  invoke_action_trigger: {},
  ...more,
});
const reviewed = (more: object) => reviewPlan(plan([], more), "plan", undefined);
const gates = (more: object) => gateItemsIn(reviewed(more)).map(({ kind }) => kind);

test("a plan that only invokes an action has a change, with an unknown effect", () => {
  const review = reviewed({ action_invocations: [invoke()] });
  expect(verdictOf(review)).toMatchObject({
    outcome: "undetermined",
    actions: [{ address: "action.aws_lambda_invoke.grant" }],
  });
  expect(gates({ action_invocations: [invoke()] })).toEqual(["unknown"]);
  expect(hasChanges(review)).toBe(true);
  expect(review.stacks[0]?.actions).toMatchObject([
    { address: "action.aws_lambda_invoke.grant", type: "aws_lambda_invoke", effect: "unknown" },
  ]);
  const text = printMarkdown(review);
  expect(text).toContain("`action.aws_lambda_invoke.grant`: action `aws_lambda_invoke`, invoked by -invoke");
  expect(text).not.toContain("without changes");
  expect(reviewSchema.parse(review)).toEqual(review);
});

test("an action that a resource triggers shows the event and the resource", () => {
  const trigger = { triggering_resource_address: "aws_instance.web", action_trigger_event: "after_create" };
  const review = reviewed({
    action_invocations: [invoke({ invoke_action_trigger: undefined, lifecycle_action_trigger: trigger })],
  });
  expect(plainText(review.stacks[0]?.actions?.[0]?.trigger ?? [])).toBe("after_create of aws_instance.web");
});

test("an action that is invoked for a resource names it", () => {
  const for1 = { calling_resource_address: "aws_instance.web" };
  const review = reviewed({ action_invocations: [invoke({ invoke_action_trigger: for1 })] });
  expect(plainText(review.stacks[0]?.actions?.[0]?.trigger ?? [])).toBe(
    "invoked by -invoke for aws_instance.web",
  );
});

test("every deferred action is unknown", () => {
  const harmless = invoke({ type: "aws_ec2_stop_instance", address: "action.aws_ec2_stop_instance.x" });
  const deferred = {
    deferred_action_invocations: [{ reason: "provider_config_unknown", action_invocation: harmless }],
  };
  expect(gates(deferred)).toEqual(["unknown"]);
  expect(verdictOf(reviewed(deferred))).toMatchObject({ outcome: "undetermined", actions: [{}] });
});

test("an action known not to affect access is listed; an action of that name of another provider is unknown", () => {
  const stop = invoke({ type: "aws_ec2_stop_instance", address: "action.aws_ec2_stop_instance.x" });
  const review = reviewed({ action_invocations: [stop] });
  expect(gates({ action_invocations: [stop] })).toEqual([]);
  expect(verdictOf(review).outcome).toBe("unchanged");
  expect(hasChanges(review)).toBe(true);
  expect(printMarkdown(review)).toContain("`action.aws_ec2_stop_instance.x` (`aws_ec2_stop_instance`)");
  expect(
    gates({ action_invocations: [{ ...stop, provider_name: "registry.terraform.io/mallory/aws" }] }),
  ).toEqual(["unknown"]);
  expect(gates({ action_invocations: [{ ...stop, provider_name: undefined }] })).toEqual(["unknown"]);
});

test("the id of an action covers its arguments, and no secret", () => {
  const idOf = (payload: string, sensitive: boolean) =>
    reviewed({
      action_invocations: [invoke({ config_values: { payload }, config_sensitive: { payload: sensitive } })],
    }).stacks[0]?.actions?.[0]?.id;
  expect(idOf("one", false)).not.toBe(idOf("two", false));
  expect(idOf("hidden-token-1", true)).toBe(idOf("hidden-token-2", true));
});

test("a newer format is read, with a note in the report of its stack", () => {
  const stop = invoke({ type: "aws_ec2_stop_instance", address: "action.aws_ec2_stop_instance.x" });
  const said = "This plan has format version 1.3, which is newer than this release";
  expect(printMarkdown(reviewed({ format_version: "1.3", action_invocations: [stop] }))).toContain(said);
  expect(printMarkdown(reviewed({ format_version: "1.2", action_invocations: [stop] }))).not.toContain(said);
});
