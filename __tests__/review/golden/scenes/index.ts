import type { Scene } from "../scene";
import { backDoor, changedByHand } from "./drift";
import { lifecycle } from "./lifecycle";

export const scenes: readonly Scene[] = [lifecycle, backDoor, changedByHand];
