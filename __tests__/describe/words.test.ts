import fc from "fast-check";
import { describeGrant } from "../../lib/describe/grant";
import { counted, listTexts } from "../../lib/describe/list";
import { describeOrigin, describeOtherOrigins } from "../../lib/describe/origin";
import { describeEveryone, describePeople, describeUnknownUser } from "../../lib/describe/people";
import { describeExtent, describeStatement, widestFirst } from "../../lib/describe/permission";
import { type Phrase, plainText, quoted } from "../../lib/describe/phrase";
import {
  accessGrows,
  accessShrinks,
  type Relation,
  relationWord,
  together,
} from "../../lib/describe/relation";
import { describePrincipal, roleKey } from "../../lib/describe/role";
import { isAtLeast, severityWord } from "../../lib/describe/severity";
import { compareSeverities, SEVERITIES } from "../../lib/iam/audit/core/finding";
import { parsePolicy } from "../../lib/iam/language/read-policy";
import { aGrant, alice, anyRefOrNone, bob, everyone, only, refs } from "../fixtures/access";

describe("lists", () => {
  test.each([
    [[], "", ""],
    [["a"], "a", "a"],
    [["a", "b"], "a and b", "a、b"],
    [["a", "b", "c"], "a, b, and c", "a、b、c"],
    [["a", "b", "c", "d", "e"], "a, b, c, and 2 more", "a、b、c、ほか 2 件"],
  ])("%j", (items, en, ja) => {
    expect(listTexts(items, { most: 3 })).toBe(en);
    expect(listTexts(items, { most: 3, language: "ja" })).toBe(ja);
  });

  test("one of several", () => {
    expect(listTexts(["a", "b", "c"], { word: "or" })).toBe("a, b, or c");
    expect(listTexts(["a", "b", "c"], { word: "or", language: "ja" })).toBe("a、b または c");
  });

  test("numbers with nouns", () => {
    expect([counted(0, "role"), counted(1, "role"), counted(12_345, "policy", "policies")]).toEqual([
      "0 roles",
      "1 role",
      "12,345 policies",
    ]);
  });
});

describe("people, repositories, roles", () => {
  test.each<[Phrase, string]>([
    [describePeople(only(alice, bob)), "alice and bob"],
    [describePeople(everyone), "everyone who can start a pipeline"],
    [describePeople(everyone, "ja"), "パイプラインを開始できる全員"],
    [
      describeEveryone({ project: "website", isElse: true }),
      "everyone else who can start a pipeline of website",
    ],
    [
      describeEveryone({ project: "website", isElse: true }, "ja"),
      "website のパイプラインを開始できるそのほかの全員",
    ],
    [describeUnknownUser(), "a user who is not in access.yaml"],
    [describeUnknownUser("0b6a", "ja"), "ユーザー 0b6a"],
    [describeOrigin("github.com/acme/website"), "github.com/acme/website"],
    [
      describeOrigin("github.com/bob/website", "github.com/acme/website"),
      "another repository, github.com/bob/website",
    ],
    [describeOtherOrigins(true), "a fork or any other repository"],
    [describeOtherOrigins(false, "github.com/x/y", "ja"), "すべてのリポジトリ（例: github.com/x/y）"],
    [describePrincipal("role", "deploy"), "deploy"],
    [describePrincipal("user", "eve"), "user eve"],
  ])("%j", (phrase, text) => {
    expect(plainText(phrase)).toBe(text);
  });

  test("a role as access.yaml calls it", () => {
    expect(roleKey({ key: "website" }, { key: "deploy" })).toBe("website/deploy");
  });

  test("a grant: the people and the origin", () => {
    const listed = aGrant({ people: only(alice, bob), refs: refs({ branches: ["main"], tags: ["v*"] }) });
    expect(plainText(describeGrant(listed))).toBe(
      "alice and bob from main or tag v* of github.com/acme/website",
    );
    expect(plainText(describeGrant(listed, "ja"))).toBe(
      "alice、bob（github.com/acme/website の main または タグ v* から）",
    );
    expect(plainText(describeGrant(aGrant({ people: everyone, refs: anyRefOrNone })))).toBe(
      "everyone who can start a pipeline from any ref of github.com/acme/website, and with a token that names no repository " +
        "(code from any repository, if the project passes secrets to forked pull requests)",
    );
  });

  test("untrusted text is always quoted", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (name) => {
        const phrases = [
          describePeople(only({ name, id: alice.id })),
          describeEveryone({ project: name }),
          describeOrigin(name, "x"),
          describePrincipal("user", name),
        ];
        for (const phrase of phrases) expect(phrase.at(-1)).toEqual(quoted(name));
      }),
    );
  });
});

describe("permissions", () => {
  const { statements } = parsePolicy(
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::acme/*" },
        { Effect: "Allow", Action: ["iam:*", "sts:*", "kms:*", "ec2:*"], Resource: "*" },
        {
          Effect: "Allow",
          NotAction: "iam:*",
          Resource: "*",
          Condition: { Bool: { "aws:SecureTransport": "true" } },
        },
      ],
    }),
  );

  test("the extent before the example: wildcards first", () => {
    expect(widestFirst(statements).map((one) => plainText(describeStatement(one)))).toEqual([
      "iam:*, sts:*, kms:*, 1 more on every resource",
      "everything except iam:* on every resource (only over TLS)",
      "s3:GetObject on arn:aws:s3:::acme/*",
    ]);
  });

  test.each<[by: Phrase | undefined, on: Phrase | undefined, said: string]>([
    [[quoted("s3:*")], [quoted("arn:aws:s3:::acme/*")], "s3:* on arn:aws:s3:::acme/*"],
    [[quoted("*")], [quoted("*")], "every action on every resource"],
    [undefined, [quoted("arn:aws:s3:::acme/*")], "s3:GetObject on arn:aws:s3:::acme/*"],
    [[quoted("s3:*")], undefined, "s3:* on some resources, such as arn:aws:s3:::acme/x"],
  ])("the extent of calls; an example only where the resources are not known: %j on %j", (by, on, said) => {
    const call = { action: "s3:GetObject", resource: "arn:aws:s3:::acme/x" };
    expect(plainText(describeExtent(call, by, on))).toBe(said);
  });
});

describe("severities", () => {
  test("ordered from highest to lowest; at least as severe as another", () => {
    expect([...SEVERITIES].reverse().sort(compareSeverities)).toEqual(SEVERITIES);
    expect(SEVERITIES.map((one) => isAtLeast(one, "medium"))).toEqual([true, true, false]);
    expect(SEVERITIES.map((one) => severityWord(one, "ja"))).toEqual(["高", "中", "低"]);
  });
});

describe("relations", () => {
  const relations = [
    "broader",
    "narrower",
    "both-ways",
    "same",
    "unknown",
  ] as const satisfies readonly Relation[];
  const relation = fc.constantFrom(...relations);
  const effects = fc.array(fc.record({ effect: fc.constantFrom("gained", "lost") } as const));

  test("each has its own word in each language", () => {
    for (const language of ["en", "ja"] as const)
      expect(new Set(relations.map((one) => relationWord(one, language))).size).toBe(relations.length);
  });

  test("access grows by a broader policy and by every proven gain; no change both grows and shrinks", () => {
    fc.assert(
      fc.property(relation, effects, (of, sentences) => {
        const change = { relation: of, sentences };
        const isGained = sentences.some(({ effect }) => effect === "gained");
        expect(accessGrows(change)).toBe(of === "broader" || of === "both-ways" || isGained);
        expect(accessGrows(change) && accessShrinks(change)).toBe(false);
        if (of === "unknown") expect(accessShrinks(change)).toBe(false);
      }),
    );
  });

  test("several changes together: unknown stays unknown, and the order does not matter", () => {
    fc.assert(
      fc.property(fc.array(relation), (all) => {
        const whole = together(all);
        expect(together(all.toReversed())).toBe(whole);
        expect(together([whole, ...all])).toBe(whole);
        expect(whole === "unknown").toBe(all.includes("unknown"));
        if (whole !== "unknown")
          expect(accessGrows({ relation: whole })).toBe(all.some((one) => accessGrows({ relation: one })));
      }),
    );
  });
});
