import type { RefusedCall } from "../../adopt/inventory/inventory";
import { stableId } from "../../collections/stable-id";
import { quoted } from "../../describe/phrase";
import type { NotExamined } from "../../plan/not-examined";
import type { LiveResource } from "./live-resource";

/**
 * Something that was not examined: a resource of the file, or others of its type in the account.
 */
type Unread = Pick<LiveResource, "stack" | "type" | "name">;

/** What a refused call would have read, as a review says what was not examined. */
export function notExamined({ stack, type, name }: Unread, { call, object, code }: RefusedCall): NotExamined {
  const address = `${type}.${name}`;
  return {
    id: stableId("not-examined", [stack, address, object, call, code]),
    stack,
    address,
    type,
    what: "refused",
    source: "drift",
    reason: ["AWS refused ", quoted(call), ": ", quoted(code)],
  };
}
