import type { Scenario } from "../scenario";
import { checks } from "./checks";
import { deposed } from "./deposed";
import { backDoor, changedByHand } from "./drift";
import { imports } from "./imports";
import { lifecycle } from "./lifecycle";
import { nested } from "./modules";
import { moves } from "./moves";
import { outputs, providers } from "./outputs";
import { boundaries, policies, policiesInRole } from "./policies";
import { secrets } from "./secrets";
import { surroundings } from "./surroundings";
import { trustPolicies } from "./trust";
import { unknowns } from "./unknowns";

/** The longest first, so that none of them is alone at the end. */
export const scenarios: readonly Scenario[] = [
  ...[lifecycle, unknowns, surroundings, secrets, trustPolicies, backDoor, policies, moves, nested, checks],
  ...[imports, policiesInRole, changedByHand, deposed, boundaries, outputs, providers],
];
