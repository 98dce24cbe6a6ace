import { groupBy } from "../../../collections/group-by";
import { type Phrase, quoted } from "../../../describe/phrase";
import type { PlanContext } from "../../context/plan-context";
import { whyLater } from "../../context/policy-reading";
import { type Principal, resourceKey } from "../../context/principals";
import { SNAPSHOTS, type Snapshot, type Timeline, textAt } from "../../context/timelines";
import type { AttributeValue } from "../../model/facts";
import { permissionsPhrase } from "../../permissions/permissions-phrase";
import { markedRolePaths, plainPath, roleLeavesIn } from "./role-paths";

/** A role, or an instance profile, that a resource runs as. */
export interface UsedRole {
  /** The same for the same role or instance profile. */
  readonly id: string;
  /** Such as: `admin`, or: role `web` (instance profile `web-servers`). */
  readonly said: Phrase;
  /** What it may do, as the end of a sentence. */
  readonly effective: Phrase;
  /** The role itself, also that of an instance profile. Undefined: the plan does not contain it. */
  readonly principal?: Principal;
}

export interface UsedRoles {
  readonly roles: ReadonlyMap<string, UsedRole>;
  /** Why that may not be all. */
  readonly unknown: readonly Phrase[];
}

export const PROFILE = "aws_iam_instance_profile";

const NONE: UsedRoles = { roles: new Map(), unknown: [] };

const ARN = /^arn:[^:]*:iam::(\d*):(role|instance-profile)\/(?:.*\/)?([^/]+)$/s;

/** Which roles the resources of all plans run as. */
export class RoleUses {
  readonly #context: PlanContext;
  /** Roles by the resources that hold them. */
  readonly #byPlace: ReadonlyMap<string, Principal>;
  readonly #profiles: ReadonlyMap<string, readonly Timeline[]>;

  constructor(context: PlanContext) {
    this.#context = context;
    this.#byPlace = new Map(
      [...context.principals.role.byKey.values()].flatMap((role) =>
        role.declared.map(({ timeline }) => [resourceKey(timeline.stack, timeline.address), role] as const),
      ),
    );
    const named = (context.byType.get(PROFILE) ?? []).flatMap((timeline) =>
      [...new Set(SNAPSHOTS.flatMap((snapshot) => namesOf(timeline, snapshot)))].map((name) => ({
        name,
        timeline,
      })),
    );
    this.#profiles = new Map(
      [...groupBy(named, ({ name }) => name)].map(([name, all]) => [
        name,
        all.map(({ timeline }) => timeline),
      ]),
    );
  }

  /** What a resource runs as in a snapshot. */
  at(timeline: Timeline, snapshot: Snapshot): UsedRoles {
    const attributes = timeline.at[snapshot];
    if (attributes === undefined) return NONE;
    const found = Object.entries(attributes)
      .filter(([name, value]) => isRoleAttribute(timeline.type, name, value))
      .map(([name, value]) => this.#ofAttribute(timeline, name, value, snapshot));
    return {
      roles: new Map(found.flatMap(({ roles }) => [...roles])),
      unknown: found.flatMap(({ unknown }) => unknown),
    };
  }

  #ofAttribute(timeline: Timeline, path: string, value: AttributeValue, snapshot: Snapshot): UsedRoles {
    const plain = plainPath(path);
    if (value.kind === "sensitive")
      return { roles: new Map(), unknown: [[quoted(plain), " is marked as sensitive"]] };
    if (value.kind === "value") {
      const leaves = roleLeavesIn(timeline.type, { [path]: value.value });
      return {
        roles: byId(leaves.map(({ text }) => this.#named(timeline, path, text, snapshot))),
        unknown: [],
      };
    }
    const links = timeline.links[path] ?? [];
    const linked = links.flatMap((address) => this.#linked(timeline.stack, address, snapshot) ?? []);
    const isAll = linked.length === 1 && links.length === 1;
    return {
      roles: byId(linked),
      unknown: isAll ? [] : [[quoted(plain), " ", ...whyLater(value)]],
    };
  }

  /** By an ARN or a name. */
  #named(timeline: Timeline, path: string, text: string, snapshot: Snapshot): UsedRole {
    const [, account, kind, last] = ARN.exec(text) ?? [];
    const isProfile = kind === undefined ? /profile/.test(path) : kind === "instance-profile";
    if (isProfile) {
      const all = this.#profiles.get(text) ?? this.#profiles.get(last ?? text) ?? [];
      const [profile] = all.filter(
        (one) => account === undefined || one.account === undefined || one.account === account,
      );
      return this.#ofProfile(profile, last ?? text, snapshot);
    }
    const name = last ?? text;
    const { role } = this.#context.principals;
    const inPlan = role.keyOf(timeline, name);
    // Plans with an unknown account may contain the role too.
    const isKnown = account === undefined || account === "" || !/^\d{12}\//.test(inPlan);
    const key = isKnown ? inPlan : `${account}/${name}`;
    return this.#ofRole(role.byKey.get(key) ?? inNoPlan(key, name, this.#context), snapshot);
  }

  #linked(stack: string, address: string, snapshot: Snapshot): UsedRole | undefined {
    const place = resourceKey(stack, address);
    const role = this.#byPlace.get(place);
    if (role !== undefined) return this.#ofRole(role, snapshot);
    const profile = (this.#context.byType.get(PROFILE) ?? []).find(
      (one) => resourceKey(one.stack, one.address) === place,
    );
    return profile === undefined
      ? undefined
      : this.#ofProfile(profile, textAt(profile.at[snapshot], "name") ?? address, snapshot);
  }

  #ofRole(role: Principal, snapshot: Snapshot): UsedRole {
    return {
      id: `role ${role.key}`,
      said: [quoted(role.name)],
      effective: permissionsPhrase(role, snapshot, this.#context),
      principal: role,
    };
  }

  /** @param name as it is called where no plan has it */
  #ofProfile(profile: Timeline | undefined, name: string, snapshot: Snapshot): UsedRole {
    const base: Pick<UsedRole, "id" | "said"> = {
      id: `profile ${name}`,
      said: ["instance profile ", quoted(name)],
    };
    const used = profile === undefined ? NONE : this.at(profile, snapshot);
    const [role] = used.roles.values();
    if (role === undefined) return { ...base, effective: ["whose role is not in the plan"] };
    return { ...role, ...base, said: ["role ", ...role.said, " (", ...base.said, ")"] };
  }
}

/** Whether an attribute that is kept says which role a resource runs as. */
function isRoleAttribute(type: string, name: string, value: AttributeValue): boolean {
  const found =
    value.kind === "value"
      ? roleLeavesIn(type, { [name]: value.value })
      : markedRolePaths(type, { [name]: true });
  return found.length > 0;
}

function namesOf({ at }: Timeline, snapshot: Snapshot): readonly string[] {
  return ["name", "arn"].flatMap((name) => textAt(at[snapshot], name) ?? []);
}

function byId(roles: readonly UsedRole[]): ReadonlyMap<string, UsedRole> {
  return new Map(roles.map((one) => [one.id, one]));
}

function inNoPlan(key: string, name: string, { principals }: PlanContext): Principal {
  return { kind: principals.role.kind, key, name, declared: [], parts: new Map() };
}
