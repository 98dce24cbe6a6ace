import fc from "fast-check";
import { readPlan } from "../../../lib/diff/read-plan";
import { maskOf } from "../../../lib/plan/sensitive/masking";
import { printHtml } from "../../../lib/report/html/report";
import { printMarkdown } from "../../../lib/report/markdown/report";
import { reviewOf } from "../../../lib/report/model/review-of";
import { cases } from "../../iam/automata/cases";
import { plan, resource } from "../a-plan";

const base64 = (text: string) => Buffer.from(text, "utf8").toString("base64");
const inside = (text: string) => JSON.stringify(text).slice(1, -1);
/** As Terraform's `jsonencode` writes a text. */
const goInside = (text: string) =>
  inside(text).replace(/[<>&]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`);
const PASS = 'Tr0ub4dor&3"x';

test.each<[what: string, text: string, is: string]>([
  ["unchanged", `a ${PASS} b`, "a (sensitive) b"],
  ["inside a word", `x${PASS}y`, "x(sensitive)y"],
  ["twice in a row", PASS + PASS, "(sensitive)(sensitive)"],
  ["escaped for JSON", `{"a":"${inside(PASS)}"}`, '{"a":"(sensitive)"}'],
  ["as jsonencode does", `{"a":"${goInside(PASS)}"}`, '{"a":"(sensitive)"}'],
  ["escaped twice", `"${inside(inside(PASS))}"`, '"(sensitive)"'],
  ["escaped three times, in two ways", `"${inside(goInside(inside(PASS)))}"`, '"(sensitive)"'],
  ["in a URL", `https://u:${encodeURIComponent(PASS)}@h/`, "https://u:(sensitive)@h/"],
  ["in a URL, twice", encodeURIComponent(encodeURIComponent(PASS)), "(sensitive)"],
  ["in a URL in JSON", inside(`{"u":"${encodeURIComponent(inside(PASS))}"}`), '{\\"u\\":\\"(sensitive)\\"}'],
  ["in XML", "<a>Tr0ub4dor&amp;3&quot;x</a>", "<a>(sensitive)</a>"],
  ["in Base64", `data: ${base64(PASS)};`, "data: (sensitive);"],
  ["inside a Base64 text", `data: ${base64(`#!/bin/sh\nP=${PASS} run`)};`, "data: (sensitive);"],
  ["in Base64 of JSON", `data: ${base64(JSON.stringify({ p: PASS }))};`, "data: (sensitive);"],
  [
    "in URL-safe Base64",
    `data: ${Buffer.from(`>>>${PASS}???`).toString("base64url")};`,
    "data: (sensitive);",
  ],
  ["after a backslash that does not escape it", `dir\\${PASS}`, "dir\\(sensitive)"],
  ["after a percent sign that does not escape it", `100%${encodeURIComponent(PASS)}`, "100%(sensitive)"],
  ["in part", "Tr0ub4dor", "Tr0ub4dor"],
  ["not at all", "plain text", "plain text"],
])("a secret %s", (_, text, is) => {
  expect(maskOf([PASS])(text)).toBe(is);
});

test.each<[secret: string, text: string, is: string]>([
  ["prod", "prod, prod-db and my.prod", "(sensitive), (sensitive)-db and my.(sensitive)"],
  ["prod", "production and reprod2", "production and reprod2"],
  ["prod", `{"p":"${inside("\nprod")}"}`, '{"p":"\\n(sensitive)"}'],
  ["prod", base64("prod"), "(sensitive)"],
  ["abc", "abc", "abc"],
  ["", "abc", "abc"],
  ["    ", "a     b", "a     b"],
  ["true", "true", "true"],
  ["default", "default", "default"],
  ["5432", "port 5432", "port 5432"],
  ["482913", "pin 482913", "pin (sensitive)"],
  ["482913", "9482913", "9482913"],
  ["123456789012", "arn:aws:iam::123456789012:role/x", "arn:aws:iam::(sensitive):role/x"],
  ["  padded-secret\n", "x padded-secret y", "x (sensitive) y"],
  ["ends in ünïcode🔑", "x ends in ünïcode🔑 y", "x (sensitive) y"],
])("of %j, in %j: %j", (secret, text, is) => {
  expect(maskOf([secret])(text)).toBe(is);
});

test("a key of several lines is masked line by line, with any indentation", () => {
  const key = "-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG9w0B\nAQEFAASCBKcwggSjAgEAAoIB\n-----END KEY-----\n";
  const masked = maskOf([key])(`key: |\n${key.replace(/^/gm, "    ")}`);
  expect(masked).not.toContain("MIIEvQ");
  expect(masked).not.toContain("AQEFAAS");
});

test("the user and the password in a flat object are masked separately; the words of a policy are not", () => {
  const kept = maskOf([
    JSON.stringify({ username: "admin-user-1", password: "hunter2-hunter2", port: 5432 }),
  ]);
  expect(kept("login admin-user-1 hunter2-hunter2 5432")).toBe("login (sensitive) (sensitive) 5432");
  const policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "s3:GetObject" }],
  });
  expect(maskOf([policy])("2012-10-17 Allow s3:GetObject")).toBe("2012-10-17 Allow s3:GetObject");
});

test("of overlapping secrets the longest is masked completely", () => {
  expect(
    maskOf(["secret-one", "secret-one-and-two", "two-and-three"])("x secret-one-and-two-and-three y"),
  ).toBe("x (sensitive) y");
});

/** Every text from which a reader could recover the secret. */
const traces = (secret: string) => [
  secret,
  ...[
    inside(secret),
    inside(inside(secret)),
    goInside(secret),
    encodeURIComponent(secret),
    base64(secret).replace(/=+$/, "").slice(0, -1),
  ],
];
const written: readonly ((text: string) => string)[] = [
  (text) => text,
  inside,
  goInside,
  encodeURIComponent,
  base64,
  (text) =>
    JSON.stringify({ Statement: [{ Sid: "x", Effect: "Allow", Action: text, Resource: [text, "b"] }] }),
  (text) => JSON.stringify([{ name: "web", environment: [{ name: "P", value: text }] }]),
  (text) => inside(JSON.stringify({ text })),
  (text) => base64(JSON.stringify({ text })),
];
const secret = fc
  .array(fc.constantFrom(..."abcXYZ0189_!\"\\/<>&%+= '$`\n\tüñ€🔑"), { minLength: 8, maxLength: 24 })
  .map((characters) => `k${characters.join("")}9`);
const around = fc.tuple(
  fc.constantFrom("", "a", "x-", "\\", "%", "é", '"', " "),
  fc.constantFrom("", "b", "-y", "\\", "%", "🔒", '"', " "),
);
const placed = fc.record({
  secret,
  around,
  written: fc.constantFrom(...written),
  place: fc.nat(9),
  action: fc.nat(3),
});

test("no sensitive value, in any form or place, is in a review: not in its data, JSON, Markdown or HTML", () => {
  fc.assert(
    fc.property(fc.array(placed, { minLength: 1, maxLength: 4 }), (all) => {
      const leaks = all.flatMap(
        ({ secret: value, around: [before, after], written: write, place }, index) => {
          const text = write(before + value + after);
          const sides: readonly [object, object] = [
            { p: text, same: 1 },
            { nested: { [place === 1 ? text : "k"]: [text, { t: text }] } },
          ];
          const [left, right] = index % 2 === 0 ? sides : [sides[1], sides[0]];
          return [
            resource(`a.marked${index}`, { before: { v: value }, before_sensitive: { v: true } }),
            resource(
              place === 0 ? `a.b["${text}"]` : `a.b${index}`,
              {
                before: left,
                after: right,
                ...(place === 2 ? { actions: ["create"], before: null } : {}),
                ...(place === 3 ? { actions: ["no-op"], importing: { id: text } } : {}),
                ...(place === 4 ? { actions: ["no-op"], importing: { identity: { a: text } } } : {}),
                ...(place === 5 ? { actions: ["delete", "create"], replace_paths: [["tags", text]] } : {}),
              },
              place === 6 ? { previous_address: `a.c["${text}"]` } : {},
            ),
            resource(`aws_iam_role.r${index}`, {
              before: { name: "r", p: text },
              after: { name: text, p: text },
              after_unknown: { [text]: true },
            }),
          ];
        },
      );
      const texts = all.map(({ secret: value, around: [before, after], written: write }) =>
        write(before + value + after),
      );
      const read = readPlan(
        plan(leaks, {
          resource_drift: leaks.slice(1, 2),
          output_changes: { o: { actions: ["update"], before: texts, after: { t: texts } } },
          checks: [
            {
              address: { to_display: `check.${texts[0]}` },
              status: "fail",
              problems: texts.map((message) => ({ message })),
            },
          ],
        }),
        "s",
      );
      const review = reviewOf([read], {});
      const printed = [
        JSON.stringify(read),
        JSON.stringify(review),
        printMarkdown(review),
        printHtml(review),
      ];
      for (const { secret: value } of all)
        for (const trace of traces(value))
          for (const text of printed)
            expect(text.includes(trace) || text.includes(inside(trace))).toBe(false);
    }),
    cases(30, 2_000),
  );
});

test("a text without secrets is unchanged, and masking a text twice equals masking it once", () => {
  fc.assert(
    fc.property(secret, fc.string(), (value, text) => {
      const mask = maskOf([value]);
      if (!text.includes(value)) expect(mask(text)).toBe(text);
      expect(mask(mask(`${text}${value}`))).toBe(mask(`${text}${value}`));
    }),
  );
});
