import { compareText } from "../collections/sort";
import { stableId } from "../collections/stable-id";
import { type Phrase, quoted } from "../describe/phrase";
import { attributeChanges } from "./attributes";
import { maskChange } from "./mask-change";
import type { ActionInvocation } from "./not-examined";
import type { PlanJson, PlannedAction } from "./plan-json";
import { deferredReasonOf } from "./reasons";
import type { ReadSettings } from "./resources";

/**
 * Actions of the AWS provider that are known not to affect access. The effect of other actions is
 * not in a plan.
 */
const HARMLESS: ReadonlySet<string> = new Set([
  ...["aws_cloudfront_create_invalidation", "aws_ec2_stop_instance", "aws_ses_send_email"],
]);

const AWS = /(^|\/)hashicorp\/aws$/;

/** Actions that the plan invokes, and those that it leaves for a later plan; by address. */
export function invocationsIn(plan: PlanJson, settings: ReadSettings): readonly ActionInvocation[] {
  const { action_invocations: invoked, deferred_action_invocations: deferred } = plan;
  return [
    ...(invoked ?? []).map((one) => invocationOf(one, undefined, settings)),
    ...(deferred ?? []).map(({ reason, action_invocation: one }) =>
      invocationOf(one, deferredReasonOf(reason), settings),
    ),
  ].toSorted((one, other) => compareText(one.address, other.address) || compareText(one.id, other.id));
}

function invocationOf(
  action: PlannedAction,
  deferred: Phrase | undefined,
  { stack, mask }: ReadSettings,
): ActionInvocation {
  const { type, provider_name: provider = "", config_values: values } = action;
  const isHarmless = deferred === undefined && HARMLESS.has(type) && AWS.test(provider);
  const configured = {
    actions: ["create" as const],
    after: values ?? {},
    after_unknown: action.config_unknown,
    after_sensitive: action.config_sensitive,
  };
  // As a resource that is created: its values are part of what is accepted, and secrets are not.
  const { address, attributes, reason } = maskChange(
    {
      address: action.address,
      action: "create",
      attributes: attributeChanges(configured),
      replacedFor: [],
      reason: triggerOf(action),
    },
    mask,
  );
  const trigger = reason ?? [];
  const parts = [
    stack,
    address,
    type,
    trigger,
    deferred ?? null,
    attributes.map((one) => [one.path, one.after]),
  ];
  return {
    id: stableId(isHarmless ? "action" : "unknown", parts),
    address,
    type: mask(type),
    trigger,
    effect: isHarmless ? "none" : "unknown",
    ...(deferred === undefined ? {} : { deferred }),
  };
}

function triggerOf({
  lifecycle_action_trigger: lifecycle,
  invoke_action_trigger: invoke,
}: PlannedAction): Phrase {
  if (lifecycle !== undefined && lifecycle !== null) {
    const { action_trigger_event: event = "an event", triggering_resource_address: address } = lifecycle;
    return [quoted(event), ...(address === undefined ? [] : [" of ", quoted(address)])];
  }
  if (invoke === undefined || invoke === null) return ["its trigger is not in the plan"];
  const { calling_resource_address: caller } = invoke;
  return ["invoked by -invoke", ...(caller === undefined ? [] : [" for ", quoted(caller)])];
}
