/**
 * Values that Terraform, its provider or the local AWS generate, different each time. Equal values
 * of a plan get the same replacement.
 */
const GENERATED: readonly {
  readonly pattern: RegExp;
  readonly standIn: (found: string, n: number) => string;
}[] = [
  { pattern: /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z\b/g, standIn: () => "2026-01-01T00:00:00Z" },
  // IAM User Guide, "IAM identifiers": unique ID prefixes.
  {
    pattern: /\b(?:ABIA|AGPA|AIDA|AIPA|AKIA|ANPA|ANVA|AROA|ASCA|ASIA)[A-Z0-9]{12,}\b/g,
    standIn: (found, n) => found.slice(0, 4) + String(n).padStart(found.length - 4, "0"),
  },
  {
    pattern: /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g,
    standIn: (_, n) => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`,
  },
  // terraform-plugin-sdk, helper/id: time to 0.1 ms, and a counter.
  { pattern: /\b\d{18}[0-9a-f]{8}\b/g, standIn: (_, n) => `20260101000000000${String(n).padStart(9, "0")}` },
];

/** Whole values that are random, by the name of their attribute. */
const RANDOM_VALUES: Readonly<Record<string, { readonly standIn: string; readonly only?: RegExp }>> = {
  secret: { standIn: "SECRET-access-key-do-not-show" },
  ses_smtp_password_v4: { standIn: "SECRET-smtp-password-do-not-show" },
  // The local AWS makes ids of policies and users without AWS's prefixes.
  policy_id: { standIn: "ANPA00000000000000000" },
  unique_id: { standIn: "AIDA0000000000000000", only: /^[a-z0-9]{20}$/ },
  deposed: { standIn: "deadbeef" },
};

/**
 * The text of a plan that is the same on another day and another machine.
 * @param text of `terraform show -json`
 * @param declared the configurations; their values were not generated and remain
 */
export function normalise(text: string, declared: string): string {
  const secrets = randomValues(text, declared);
  const standIns = new Map<string, string>();
  const counts = GENERATED.map(() => 0);
  return `${JSON.stringify(JSON.parse(text, revive), null, 1)}\n`;

  function revive(key: string, value: unknown): unknown {
    // Terraform lists them in another order each time.
    if (key === "relevant_attributes" && Array.isArray(value)) return value.toSorted(byText);
    if (typeof value !== "string") return value;
    return withStandIns(
      [...secrets].reduce((now, [secret, standIn]) => now.replaceAll(secret, standIn), value),
    );
  }

  function withStandIns(value: string): string {
    return GENERATED.reduce(
      (now, { pattern, standIn }, kind) =>
        now.replace(pattern, (found) => {
          if (declared.includes(found)) return found;
          const chosen = standIns.get(found) ?? standIn(found, next(kind));
          standIns.set(found, chosen);
          return chosen;
        }),
      value,
    );
  }

  function next(kind: number): number {
    const count = (counts[kind] ?? 0) + 1;
    counts[kind] = count;
    return count;
  }
}

function byText(one: unknown, other: unknown): number {
  return JSON.stringify(one) < JSON.stringify(other) ? -1 : 1;
}

/**
 * Random values with their replacements: the provider's secrets also occur in outputs and in other
 * resources.
 */
function randomValues(text: string, declared: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  JSON.parse(text, (key, value) => {
    const random = RANDOM_VALUES[key];
    if (random === undefined || typeof value !== "string" || value === "") return value;
    const isRandom = random.only === undefined || random.only.test(value);
    if (isRandom && !declared.includes(value)) found.set(value, random.standIn);
    return value;
  });
  return found;
}
