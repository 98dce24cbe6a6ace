/** A rule of a tool that reports results (SARIF 2.1.0, section 3.49). */
export interface SarifRule {
  readonly id: string;
  readonly description: string;
  readonly help: string;
  readonly level: SarifLevel;
  /**
   * GitHub's scale for code scanning: over 9 is critical, 7 and more high, 4 and more medium
   * ("SARIF support for code scanning").
   */
  readonly security: string;
}

export type SarifLevel = "error" | "warning" | "note";

export interface SarifResult {
  readonly rule: string;
  readonly level: SarifLevel;
  readonly message: string;
  /** A path, relative to the repository. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** The name of the algorithm, and a value that stays the same while lines move. */
  readonly fingerprint: readonly [algorithm: string, value: string];
  /** Why it is accepted; undefined: it is not. */
  readonly accepted?: string;
}

/** The results of one tool for code scanning (SARIF 2.1.0, OASIS Standard), deterministic. */
export function sarifLog(tool: string, rules: readonly SarifRule[], results: readonly SarifResult[]): string {
  const ids = rules.map(({ id }) => id);
  const driver = {
    name: tool,
    rules: rules.map(({ id, description, help, level, security }) => ({
      id,
      shortDescription: { text: description },
      help: { text: help },
      defaultConfiguration: { level },
      properties: { "security-severity": security, tags: ["security"] },
    })),
  };
  const found = results.map(({ rule, level, message, file, line, fingerprint: [name, value], accepted }) => ({
    ruleId: rule,
    ruleIndex: ids.indexOf(rule),
    level,
    message: { text: message },
    locations: [
      { physicalLocation: { artifactLocation: { uri: uriOf(file) }, region: { startLine: line } } },
    ],
    partialFingerprints: { [name]: value },
    // Section 3.35: a decision recorded outside of the code.
    ...(accepted === undefined
      ? {}
      : { suppressions: [{ kind: "external", status: "accepted", justification: accepted }] }),
  }));
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [{ tool: { driver }, results: found }],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

/** Relative, with slashes, as code scanning requires it. */
function uriOf(file: string): string {
  return file.split("\\").join("/").split("/").map(encodeURIComponent).join("/");
}
