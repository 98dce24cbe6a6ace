import { CharacterSet } from "../../automata/character-set";
import { either, type Fragment, oneOrMore, sequence, zeroOrMore } from "../../automata/fragments";
import { anyOne, anyRun } from "../../automata/patterns";

const LOWER = "abcdefghijklmnopqrstuvwxyz";
const DIGITS = "0123456789";
const SERVICE_CHARACTER = CharacterSet.of(`${LOWER}${DIGITS}-`);
const ACTION_CHARACTER = CharacterSet.of(`${LOWER}${LOWER.toUpperCase()}${DIGITS}`);

/** An action is a service, a colon, and an operation ("IAM JSON policy elements: Action"). */
export const anyService: Fragment = oneOrMore(SERVICE_CHARACTER);
export const anyOperation: Fragment = oneOrMore(ACTION_CHARACTER);

/** The same, for a text. */
export const ACTION = /^[a-z0-9-]+:[a-z0-9]+$/i;

/**
 * Every resource that a request can have: an ARN (IAM User Guide, "Identify AWS resources with
 * ARNs"), or `*` for an action that has no resource type.
 */
export const everyResource: Fragment = either(
  "*",
  sequence(
    "arn:",
    oneOrMore(SERVICE_CHARACTER),
    ":",
    oneOrMore(SERVICE_CHARACTER),
    ":",
    zeroOrMore(SERVICE_CHARACTER),
    ":",
    zeroOrMore(SERVICE_CHARACTER),
    ":",
    anyOne,
    anyRun,
  ),
);
