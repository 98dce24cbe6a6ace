import type { PermissionSource } from "../../iam/prove/requests/compare-permissions";
import { type Phrase, plainText, quoted } from "../model/phrase";
import { attachedPoliciesAt, isPhrase } from "./attached-policies";
import { inlinePoliciesAt } from "./inline-policies";
import type { AttachedPolicy, ManagedPolicies } from "./managed-policies";
import type { Moment } from "./moments";
import type { PolicyReader, PolicyReading } from "./policy-reading";
import { heldAt, isThere, type Role } from "./roles";

/** One policy that counts for a role. */
export interface RoleSource {
  readonly kind: "inline" | "attached" | "boundary";
  /** The same for the same policy at another moment. */
  readonly id: string;
  readonly name: string;
  /** Such as: inline policy `site`. */
  readonly said: Phrase;
  readonly content: AttachedPolicy["content"];
}

/** What a role may do at a moment, as far as plans say. */
export interface RoleRights {
  readonly identity: readonly RoleSource[];
  readonly boundary?: RoleSource;
  /** Why that may not be all of it, or not be known. */
  readonly unknown: readonly Phrase[];
}

/** Undefined: there is no such role at that moment. */
export function rightsAt(
  role: Role,
  moment: Moment,
  managed: ManagedPolicies,
  reader: PolicyReader,
): RoleRights | undefined {
  if (!isThere(role, moment)) return undefined;
  const inline = inlinePoliciesAt(role, moment);
  const attached = attachedPoliciesAt(role, moment, managed);
  const identity = [
    ...[...inline.byName].map(([name, held]): RoleSource => {
      const reading = reader.read(held);
      const said: Phrase = ["inline policy ", quoted(name)];
      return { kind: "inline", id: name, name, said, content: isNothing(reading) };
    }),
    ...[...attached.byName.values()].map(
      ({ id, name, content }): RoleSource => ({
        kind: "attached",
        id,
        name,
        content,
        said: ["policy ", quoted(name)],
      }),
    ),
  ];
  const limit = boundaryAt(role, moment, managed);
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
            said: ["boundary ", quoted(limit.name)],
          },
        }),
    unknown: [
      ...inline.unknown,
      ...attached.unknown,
      ...(isUnknown ? [["its permissions boundary ", ...limit]] : []),
      ...identity.flatMap(unreadable),
      ...(limit === undefined || isPhrase(limit)
        ? []
        : unreadable({ said: ["its boundary"], content: limit.content })),
    ],
  };
}

/** A policy without a text is none that could be read. */
function isNothing(reading: PolicyReading): PolicyReading {
  return reading.kind === "none" ? { kind: "unknown", reason: ["is not in the plan"] } : reading;
}

function unreadable({ said, content }: Pick<RoleSource, "said" | "content">): readonly Phrase[] {
  return content.kind === "unknown" ? [[...said, " ", ...content.reason]] : [];
}

function boundaryAt(
  role: Role,
  moment: Moment,
  managed: ManagedPolicies,
): AttachedPolicy | Phrase | undefined {
  const timeline = heldAt(role, moment);
  const held = timeline?.at[moment]?.permissions_boundary;
  if (timeline === undefined || held === undefined) return undefined;
  return managed.of(held, timeline, "permissions_boundary", moment);
}

/** Everything that two rights can differ in, as plain data: equal means that nothing has changed. @param text how a policy's text counts */
export function rightsAsData(rights: RoleRights | undefined, text: (policy: string) => string): unknown {
  if (rights === undefined) return null;
  const source = ({ kind, id, content }: RoleSource) => [kind, id, contentAsData(content, text)];
  return [
    rights.identity.map(source),
    rights.boundary === undefined ? null : source(rights.boundary),
    rights.unknown.map(plainText),
  ];
}

function contentAsData(content: RoleSource["content"], text: (policy: string) => string): string {
  if (content.kind === "policy") return text(content.text);
  return content.kind === "unknown" ? plainText(content.reason) : content.kind;
}

/** For the comparison: what nobody here can read is opaque. */
export function sourceOf({ content, name }: RoleSource): PermissionSource {
  return content.kind === "policy" ? { kind: "policy", policy: content.policy } : { kind: "opaque", name };
}
