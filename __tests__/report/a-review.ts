import fc from "fast-check";
import { quoted } from "../../lib/describe/phrase";
import type { AccessChange, ReviewFinding } from "../../lib/diff/model/access-change";
import { RISK_CLASSES } from "../../lib/iam/risk/classes";
import type { Action } from "../../lib/plan/actions";
import type { ResourceChange } from "../../lib/plan/resource-change";
import type { StackReview } from "../../lib/plan/stack-review";
import type { Review } from "../../lib/report/model/review";

export function aReview(more: Partial<Review> = {}): Review {
  return { schemaVersion: 1, stacks: [], leftOut: [], access: [], findings: [], ...more };
}

export function aStack(more: Partial<StackReview> = {}): StackReview {
  return {
    name: "main-website",
    isErrored: false,
    isIncomplete: false,
    resources: [],
    drift: [],
    deferred: [],
    outputs: [],
    checks: [],
    ...more,
  };
}

export function aChange(action: Action, address: string, more: Partial<ResourceChange> = {}): ResourceChange {
  return { id: `${action}-0123456789ab`, address, action, attributes: [], replacedFor: [], ...more };
}

/** One attribute from one text to another. */
export function anAttribute(
  path: string,
  before: string,
  after: string,
): ResourceChange["attributes"][number] {
  return { path, before: { kind: "text", text: before }, after: { kind: "text", text: after } };
}

export function anAccessChange(more: Partial<AccessChange> = {}): AccessChange {
  return {
    id: "broader-0123456789ab",
    stack: "main-website",
    aspect: "trust",
    subject: "website-deploy",
    addresses: ["aws_iam_role.deploy"],
    source: "plan",
    relation: "broader",
    sentences: [gains("bob")],
    risk: {
      class: "wider-trust",
      effect: "gained",
      extent: ["assume ", quoted("website-deploy")],
      who: [],
      people: ["bob"],
    },
    ...more,
  };
}

/** That a person can now assume the role. */
export function gains(person: string): AccessChange["sentences"][number] {
  return {
    effect: "gained",
    people: [person],
    phrase: [quoted(person), " can now assume ", quoted("website-deploy")],
    proof: {
      kind: "token",
      provider: "arn:aws:iam::123456789012:oidc-provider/x",
      facts: [],
      claims: { iss: "https://x", sub: `org/o/project/p/user/${person}` },
    },
  };
}

/** A review in which every text from outside is drawn from `texts`. */
export function aReviewOf(texts: fc.Arbitrary<string>): fc.Arbitrary<Review> {
  const value = texts.map((text) => ({ kind: "text", text }) as const);
  const attribute = fc.record({ path: texts, before: value, after: value });
  const policy = fc.record({
    path: texts,
    before: value,
    after: value,
    statements: fc.array(
      fc.record({
        effect: fc.constantFrom("added", "removed", "changed"),
        name: texts,
        lines: fc.array(fc.record({ mark: fc.constantFrom("+", "-", " "), text: texts }), { maxLength: 3 }),
      }),
      { maxLength: 2 },
    ),
  });
  const change: fc.Arbitrary<ResourceChange> = fc.record({
    id: texts,
    address: texts,
    previousAddress: texts,
    importId: texts,
    action: fc.constantFrom<Action>("create", "update", "replace", "destroy", "move", "import"),
    reason: texts.map((text) => ["because ", quoted(text)]),
    attributes: fc.array(fc.oneof(attribute, policy), { maxLength: 3 }),
    replacedFor: fc.array(texts, { maxLength: 2 }),
  });
  const changes = fc.array(change, { maxLength: 4 });
  const stack: fc.Arbitrary<StackReview> = fc.record(
    {
      name: texts,
      failure: texts,
      isErrored: fc.boolean(),
      isIncomplete: fc.boolean(),
      resources: changes,
      drift: changes,
      deferred: changes,
      outputs: fc.array(
        fc.record({ name: texts, action: fc.constant("update"), before: value, after: value }),
        {
          maxLength: 2,
        },
      ),
      checks: fc.array(
        fc.record({
          address: texts,
          status: fc.constant("fail"),
          problems: fc.array(texts, { maxLength: 2 }),
        }),
        { maxLength: 2 },
      ),
    },
    {
      requiredKeys: [
        "name",
        "isErrored",
        "isIncomplete",
        "resources",
        "drift",
        "deferred",
        "outputs",
        "checks",
      ],
    },
  );
  const access: fc.Arbitrary<AccessChange> = fc.record({
    id: texts,
    stack: texts,
    subject: texts,
    addresses: fc.array(texts, { minLength: 1, maxLength: 2 }),
    aspect: fc.constantFrom("trust", "permissions"),
    source: fc.constantFrom("plan", "drift"),
    relation: fc.constantFrom("broader", "narrower", "same", "unknown", "both-ways"),
    reason: texts.map((text) => [quoted(text)]),
    sentences: fc.array(texts.map(gains), { maxLength: 3 }),
    risk: fc.record({
      class: fc.constantFrom(...RISK_CLASSES),
      effect: fc.constantFrom("gained", "lost"),
      extent: texts.map((text) => [quoted(text)]),
      who: texts.map((text) => [quoted(text)]),
      people: fc.array(texts, { maxLength: 2 }),
    }),
  });
  const finding: fc.Arbitrary<ReviewFinding> = fc.record({
    id: texts,
    stack: texts,
    role: texts,
    address: texts,
    path: texts,
    message: texts,
    rule: fc.constant("wildcard-past-field"),
    severity: fc.constant("high"),
    isNew: fc.boolean(),
  });
  return fc.record({
    schemaVersion: fc.constant(1),
    commit: texts,
    stacks: fc.array(stack, { maxLength: 4 }),
    leftOut: fc.array(fc.record({ name: texts, reason: texts }), { maxLength: 2 }),
    access: fc.array(access, { maxLength: 4 }),
    findings: fc.array(finding, { maxLength: 3 }),
  });
}
