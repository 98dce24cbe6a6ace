import { type Phrase, plainText, quoted } from "../../describe/phrase";
import type { PermissionSource } from "../../iam/prove/requests/compare-permissions";
import type { AttachedPolicy, ManagedPolicies } from "../context/managed-policies";
import type { PlanContext } from "../context/plan-context";
import type { PolicyReading } from "../context/policy-reading";
import { declaredAt, isThere, type Principal, partsAt } from "../context/principals";
import type { Snapshot } from "../context/timelines";
import { attachedPoliciesAt, isPhrase } from "./attached-policies";
import { groupsAt } from "./group-members";
import { inlinePoliciesAt } from "./inline-policies";

/** One policy that counts for a principal. */
export interface PolicySource {
  /** `group`: all that a group allows, where no plan holds the group. */
  readonly kind: "inline" | "attached" | "boundary" | "group";
  /** The same for the same policy in another snapshot. */
  readonly id: string;
  readonly name: string;
  /** Such as: inline policy `site`. */
  readonly said: Phrase;
  readonly content: AttachedPolicy["content"];
}

/** What a principal may do in a snapshot, as far as plans say. */
export interface EffectivePolicies {
  readonly identity: readonly PolicySource[];
  readonly boundary?: PolicySource;
  /** Why that may not be all of it, or not be known. */
  readonly unknown: readonly Phrase[];
}

/** Where principals' policies are looked up. */
export type Policies = Pick<PlanContext, "managed" | "reader" | "principals">;

/**
 * For a user, with those of its groups. Undefined: the principal does not exist in that snapshot.
 */
export function effectivePoliciesAt(
  principal: Principal,
  snapshot: Snapshot,
  policies: Policies,
): EffectivePolicies | undefined {
  if (!isThere(principal, snapshot)) return undefined;
  const own = ownSourcesAt(principal, snapshot, policies);
  const groups = groupSourcesAt(principal, snapshot, policies);
  const attached = new Set(own.sources.map(keyOfSource));
  const identity = [...own.sources, ...groups.sources.filter((one) => !attached.has(keyOfSource(one)))];
  const limit = boundaryAt(principal, snapshot, policies.managed);
  const isUnknown = limit !== undefined && isPhrase(limit);
  return {
    identity: identity.toSorted((one, other) => (one.kind + one.id < other.kind + other.id ? -1 : 1)),
    ...(limit === undefined || isUnknown
      ? {}
      : {
          boundary: {
            kind: "boundary" as const,
            id: limit.id,
            name: limit.name,
            content: limit.content,
            said: ["permissions boundary ", quoted(limit.name)],
          },
        }),
    unknown: [
      ...own.unknown,
      ...groups.unknown,
      ...(isUnknown ? [["its permissions boundary ", ...limit]] : []),
      ...identity.flatMap(unreadable),
      ...(limit === undefined || isPhrase(limit)
        ? []
        : unreadable({ said: ["its permissions boundary"], content: limit.content })),
    ],
  };
}

interface Sources {
  readonly sources: readonly PolicySource[];
  readonly unknown: readonly Phrase[];
}

/** What is in it and attached to it. */
function ownSourcesAt(principal: Principal, snapshot: Snapshot, { managed, reader }: Policies): Sources {
  const inline = inlinePoliciesAt(principal, snapshot);
  const attached = attachedPoliciesAt(principal, snapshot, managed);
  return {
    unknown: [...inline.unknown, ...attached.unknown],
    sources: [
      ...[...inline.byName].map(([name, value]): PolicySource => {
        const reading = reader.read(value);
        const said: Phrase = name === "" ? ["its inline policy"] : ["inline policy ", quoted(name)];
        return { kind: "inline", id: name, name, said, content: isNothing(reading) };
      }),
      ...[...attached.byName.values()].map(
        ({ id, name, content }): PolicySource => ({
          kind: "attached",
          id,
          name,
          content,
          said: ["policy ", quoted(name)],
        }),
      ),
    ],
  };
}

/**
 * What a user may do by its groups ("IAM user groups": a user in a group has the group's
 * permissions).
 */
function groupSourcesAt(user: Principal, snapshot: Snapshot, policies: Policies): Sources {
  const { groups, unknown } = groupsAt(user, snapshot, policies.principals.group);
  const found = groups.map((group): Sources => {
    const { name } = group;
    const outside: PolicySource = {
      kind: "group",
      id: name,
      name: `a policy of group ${name}`,
      said: ["group ", quoted(name)],
      content: { kind: "foreign" },
    };
    const rest = group.declared.length === 0 ? [outside] : [];
    if (!isThere(group, snapshot)) return { sources: [], unknown: [] };
    const { sources, unknown: why } = ownSourcesAt(group, snapshot, policies);
    return {
      sources: [...rest, ...sources.map((one) => ofGroup(one, name))],
      unknown: why.map((one) => ["group ", quoted(name), ": ", ...one]),
    };
  });
  return {
    sources: found.flatMap(({ sources }) => sources),
    unknown: [...unknown, ...found.flatMap(({ unknown: why }) => why)],
  };
}

/** A managed policy is the same policy for every principal that it is attached to. */
function ofGroup({ kind, id, name, said, content }: PolicySource, group: string): PolicySource {
  const isOwn = kind === "inline";
  return {
    kind,
    id: isOwn ? `group ${group}: ${id}` : id,
    name,
    content,
    said: [...said, " of group ", quoted(group)],
  };
}

function keyOfSource({ kind, id }: PolicySource): string {
  return `${kind} ${id}`;
}

/** A policy without a text could not be read. */
function isNothing(reading: PolicyReading): PolicyReading {
  return reading.kind === "none" ? { kind: "unknown", reason: ["is not in the plan"] } : reading;
}

function unreadable({ said, content }: Pick<PolicySource, "said" | "content">): readonly Phrase[] {
  return content.kind === "unknown" ? [[...said, " ", ...content.reason]] : [];
}

function boundaryAt(
  principal: Principal,
  snapshot: Snapshot,
  managed: ManagedPolicies,
): AttachedPolicy | Phrase | undefined {
  const { boundary } = principal.kind;
  if (boundary === undefined) return undefined;
  const timeline =
    "own" in boundary ? declaredAt(principal, snapshot) : partsAt(principal, boundary.separate, snapshot)[0];
  const value = timeline?.at[snapshot]?.permissions_boundary;
  if (timeline === undefined || value === undefined) return undefined;
  return managed.of(value, timeline, "permissions_boundary", snapshot);
}

/**
 * Everything that two effective can differ in, as plain data: equal means that nothing has changed.
 * @param text how a policy's text counts
 */
export function effectivePoliciesAsData(
  effective: EffectivePolicies | undefined,
  text: (policy: string) => string,
): unknown {
  if (effective === undefined) return null;
  const source = ({ kind, id, content }: PolicySource) => [kind, id, contentAsData(content, text)];
  return [
    effective.identity.map(source),
    effective.boundary === undefined ? null : source(effective.boundary),
    effective.unknown.map(plainText),
  ];
}

function contentAsData(content: PolicySource["content"], text: (policy: string) => string): string {
  if (content.kind === "policy") return text(content.text);
  return content.kind === "unknown" ? plainText(content.reason) : content.kind;
}

/** For the comparison: a policy that could not be read is opaque. */
export function sourceOf({ content, name }: PolicySource): PermissionSource {
  return content.kind === "policy" ? { kind: "policy", policy: content.policy } : { kind: "opaque", name };
}
