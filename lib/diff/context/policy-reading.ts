import { joinPhrases, type Phrase, plainText, quoted } from "../../describe/phrase";
import { ProjectError } from "../../errors";
import type { Policy } from "../../iam/language/policy";
import { parsePolicy } from "../../iam/language/read-policy";
import { canonical } from "../model/change";
import type { AttributeValue } from "../model/facts";

/** A policy of a plan, as far as it can be read. */
export type PolicyReading =
  | { readonly kind: "none" }
  | { readonly kind: "policy"; readonly policy: Policy; readonly text: string }
  /**
   * What it allows could not be determined, and why; follows on the policy's name: is known only
   * after apply. With its text where that is known.
   */
  | { readonly kind: "unknown"; readonly reason: Phrase; readonly text?: string };

/** More than any plan has. What is not remembered is read, compared and audited again. */
const MOST_REMEMBERED = 100_000;

/**
 * Many roles hold the same text: it is read once, and of the same text there is one reading, which
 * others remember what they know of.
 */
export class PolicyReader {
  readonly #known = new Map<string, PolicyReading>();

  read(attribute: AttributeValue | undefined): PolicyReading {
    if (attribute === undefined) return { kind: "none" };
    if (attribute.kind === "later") return { kind: "unknown", reason: whyLater(attribute) };
    if (attribute.kind === "sensitive") return { kind: "unknown", reason: ["is marked as sensitive"] };
    const { value } = attribute;
    if (typeof value !== "string") return { kind: "unknown", reason: ["is not a text"] };
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    const reading = readText(value);
    if (this.#known.size < MOST_REMEMBERED) this.#known.set(value, reading);
    return reading;
  }
}

/** Why a value that is known only after apply is not known before. */
export function whyLater({ dependsOn }: Extract<AttributeValue, { kind: "later" }>): Phrase {
  const on = joinPhrases(
    dependsOn.map((address) => [quoted(address)]),
    ", ",
  );
  return ["is known only after apply", ...(on.length === 0 ? [] : [": it depends on ", ...on])];
}

function readText(text: string): PolicyReading {
  try {
    return { kind: "policy", policy: parsePolicy(text), text };
  } catch (error) {
    if (error instanceof ProjectError)
      return { kind: "unknown", reason: ["cannot be read: ", quoted(error.message)] };
    throw error;
  }
}

/**
 * A reading as plain data; null: there is no policy.
 * @param text the canonical form of the policy's text. Default: without its layout
 */
export function policyData(
  reading: PolicyReading,
  text: (policy: string) => string = canonical,
): string | null {
  if (reading.kind === "none") return null;
  return reading.kind === "policy" ? text(reading.text) : plainText(reading.reason);
}
