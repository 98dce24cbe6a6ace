import { CharacterSet } from "../../automata/character-set";
import { either, type Fragment, sequence } from "../../automata/fragments";
import { anyOne, anyRun } from "../../automata/patterns";

const LOWER = "abcdefghijklmnopqrstuvwxyz";
const DIGITS = "0123456789";
const SERVICE_CHARACTER = CharacterSet.of(`${LOWER}${DIGITS}-`);
const ACTION_CHARACTER = CharacterSet.of(`${LOWER}${LOWER.toUpperCase()}${DIGITS}`);
const NOT_COLON = CharacterSet.all.without(CharacterSet.of(":"));

const oneOrMore = (set: CharacterSet): Fragment => sequence(set, anyOf(set));

function anyOf(set: CharacterSet): Fragment {
  return { steps: [{ mayEnd: true, moves: [[set, 0]] }] };
}

/** An action is a service, a colon, and a call of it ("IAM JSON policy elements: Action"). */
export const anyService: Fragment = oneOrMore(SERVICE_CHARACTER);
export const anyCall: Fragment = oneOrMore(ACTION_CHARACTER);

/** The same, for a text. */
export const ACTION = /^[a-z0-9-]+:[a-z0-9]+$/i;

/** Any characters of an ARN's part but its last. */
export const anyInPart: Fragment = anyOf(NOT_COLON);
/** Any one character of an ARN's part but its last. */
export const oneInPart: Fragment = NOT_COLON;

/** Every text that ARN operators read as an ARN. */
export const everyArn: Fragment = sequence(
  "arn:",
  ...[0, 1, 2, 3].flatMap((): readonly Fragment[] => [anyInPart, ":"]),
  anyRun,
);

/**
 * Every resource that a request can have: an ARN (IAM User Guide, "Identify AWS resources with
 * ARNs"), or `*` where a call takes none.
 */
export const everyResource: Fragment = either(
  "*",
  sequence(
    "arn:",
    oneOrMore(SERVICE_CHARACTER),
    ":",
    oneOrMore(SERVICE_CHARACTER),
    ":",
    anyOf(SERVICE_CHARACTER),
    ":",
    anyOf(SERVICE_CHARACTER),
    ":",
    anyOne,
    anyRun,
  ),
);
