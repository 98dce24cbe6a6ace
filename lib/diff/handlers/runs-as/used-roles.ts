import { groupBy } from "../../../collections/group-by";
import { type Phrase, quoted } from "../../../describe/phrase";
import type { Scene } from "../../context/plan-context";
import { sayLater } from "../../context/policy-reading";
import { type Principal, placeIn } from "../../context/principals";
import { MOMENTS, type Moment, type Timeline, textAt } from "../../context/timelines";
import type { Held } from "../../model/facts";
import { sayRights } from "../../permissions/say-permissions";
import { markedRolePaths, plainPath, roleLeavesIn } from "./role-paths";

/** A role, or an instance profile, that a resource runs as. */
export interface UsedRole {
  /** The same for the same role or instance profile. */
  readonly id: string;
  /** Such as: `admin`, or: instance profile `web`. */
  readonly said: Phrase;
  /** What it may do, as the end of a sentence. */
  readonly rights: Phrase;
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
  readonly #scene: Scene;
  /** Roles by the resources that hold them. */
  readonly #byPlace: ReadonlyMap<string, Principal>;
  readonly #profiles: ReadonlyMap<string, readonly Timeline[]>;

  constructor(scene: Scene) {
    this.#scene = scene;
    this.#byPlace = new Map(
      [...scene.principals.role.byKey.values()].flatMap((role) =>
        role.held.map(({ timeline }) => [placeIn(timeline.stack, timeline.address), role] as const),
      ),
    );
    const named = (scene.byType.get(PROFILE) ?? []).flatMap((timeline) =>
      [...new Set(MOMENTS.flatMap((moment) => namesOf(timeline, moment)))].map((name) => ({
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

  /** What a resource runs as at a moment. */
  at(timeline: Timeline, moment: Moment): UsedRoles {
    const attributes = timeline.at[moment];
    if (attributes === undefined) return NONE;
    const found = Object.entries(attributes)
      .filter(([name, held]) => isRoleAttribute(timeline.type, name, held))
      .map(([name, held]) => this.#ofAttribute(timeline, name, held, moment));
    return {
      roles: new Map(found.flatMap(({ roles }) => [...roles])),
      unknown: found.flatMap(({ unknown }) => unknown),
    };
  }

  #ofAttribute(timeline: Timeline, path: string, held: Held, moment: Moment): UsedRoles {
    const plain = plainPath(path);
    if (held.kind === "sensitive")
      return { roles: new Map(), unknown: [[quoted(plain), " is marked as sensitive"]] };
    if (held.kind === "value") {
      const leaves = roleLeavesIn(timeline.type, { [path]: held.value });
      return {
        roles: byId(leaves.map(({ text }) => this.#named(timeline, path, text, moment))),
        unknown: [],
      };
    }
    const links = timeline.links[path] ?? [];
    const linked = links.flatMap((address) => this.#linked(timeline.stack, address, moment) ?? []);
    const isAll = linked.length === 1 && links.length === 1;
    return {
      roles: byId(linked),
      unknown: isAll ? [] : [[quoted(plain), " ", ...sayLater(held)]],
    };
  }

  /** By an ARN or a name. */
  #named(timeline: Timeline, path: string, text: string, moment: Moment): UsedRole {
    const [, account, kind, last] = ARN.exec(text) ?? [];
    const isProfile = kind === undefined ? /profile/.test(path) : kind === "instance-profile";
    if (isProfile) {
      const all = this.#profiles.get(text) ?? this.#profiles.get(last ?? text) ?? [];
      const [profile] = all.filter(
        (one) => account === undefined || one.account === undefined || one.account === account,
      );
      return this.#ofProfile(profile, last ?? text, moment);
    }
    const name = last ?? text;
    const { role } = this.#scene.principals;
    const inPlan = role.keyOf(timeline, name);
    // Where plans do not say in whose account they work, they may hold it all the same.
    const isKnown = account === undefined || account === "" || !/^\d{12}\//.test(inPlan);
    const key = isKnown ? inPlan : `${account}/${name}`;
    return this.#ofRole(role.byKey.get(key) ?? inNoPlan(key, name, this.#scene), moment);
  }

  #linked(stack: string, address: string, moment: Moment): UsedRole | undefined {
    const place = placeIn(stack, address);
    const role = this.#byPlace.get(place);
    if (role !== undefined) return this.#ofRole(role, moment);
    const profile = (this.#scene.byType.get(PROFILE) ?? []).find(
      (one) => placeIn(one.stack, one.address) === place,
    );
    return profile === undefined
      ? undefined
      : this.#ofProfile(profile, textAt(profile.at[moment], "name") ?? address, moment);
  }

  #ofRole(role: Principal, moment: Moment): UsedRole {
    return {
      id: `role ${role.key}`,
      said: [quoted(role.name)],
      rights: sayRights(role, moment, this.#scene),
    };
  }

  /** @param name as it is called where no plan has it */
  #ofProfile(profile: Timeline | undefined, name: string, moment: Moment): UsedRole {
    const base: Pick<UsedRole, "id" | "said"> = {
      id: `profile ${name}`,
      said: ["instance profile ", quoted(name)],
    };
    const used = profile === undefined ? NONE : this.at(profile, moment);
    const [role] = used.roles.values();
    if (role === undefined)
      return { id: base.id, said: base.said, rights: ["whose role is not in the plan"] };
    return { id: base.id, said: base.said, rights: ["which is ", ...role.said, ", ", ...role.rights] };
  }
}

/** Whether an attribute that is kept says which role a resource runs as. */
function isRoleAttribute(type: string, name: string, held: Held): boolean {
  const found =
    held.kind === "value"
      ? roleLeavesIn(type, { [name]: held.value })
      : markedRolePaths(type, { [name]: true });
  return found.length > 0;
}

function namesOf({ at }: Timeline, moment: Moment): readonly string[] {
  return ["name", "arn"].flatMap((name) => textAt(at[moment], name) ?? []);
}

function byId(roles: readonly UsedRole[]): ReadonlyMap<string, UsedRole> {
  return new Map(roles.map((one) => [one.id, one]));
}

function inNoPlan(key: string, name: string, { principals }: Scene): Principal {
  return { kind: principals.role.kind, key, name, held: [], parts: new Map() };
}
