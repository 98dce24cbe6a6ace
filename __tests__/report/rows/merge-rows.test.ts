import { type Phrase, plainText, quoted } from "../../../lib/describe/phrase";
import type { AccessRow } from "../../../lib/report/rows/access-row";
import { mergeAlike } from "../../../lib/report/rows/merge-rows";

function row(name: string, what: Phrase, more: Partial<AccessRow> = {}) {
  const own: AccessRow = {
    level: "grows",
    class: "new-actions",
    risk: "new actions",
    what,
    who: [],
    from: [],
    headlines: [what],
    addresses: [`aws_iam_role.${name}`],
    stacks: ["main"],
    ids: [`broader-${name}`],
    changes: [],
    ...more,
  };
  return { row: own, name };
}

const becomes = (name: string): Phrase => [quoted(name), " becomes administrator"];
const texts = (rows: readonly AccessRow[]) => rows.map(({ what }) => plainText(what));

test("rows that say the same of several are one row, with the id of each", () => {
  const merged = mergeAlike(["ann", "ben", "cho"].map((name) => row(name, becomes(name))));
  expect(texts(merged)).toEqual(["Each of ann, ben, and cho becomes administrator"]);
  expect(merged[0]?.ids).toEqual(["broader-ann", "broader-ben", "broader-cho"]);
  expect(merged[0]?.addresses).toEqual(["aws_iam_role.ann", "aws_iam_role.ben", "aws_iam_role.cho"]);
});

test.each<[what: string, other: ReturnType<typeof row>]>([
  ["other words", row("ben", [quoted("ben"), " becomes administrator, under conditions"])],
  ["another risk", row("ben", becomes("ben"), { risk: "administrator" })],
  ["other people", row("ben", becomes("ben"), { who: [quoted("eve")] })],
  ["other refs", row("ben", becomes("ben"), { from: [quoted("main")] })],
  ["another stack", row("ben", becomes("ben"), { stacks: ["other"] })],
  ["text that does not name it", row("ben", becomes("ann"))],
])("a row with %s stays by itself", (_, other) => {
  expect(mergeAlike([row("ann", becomes("ann")), other])).toHaveLength(2);
});

test("more than three are counted, in the headline more than one", () => {
  const [merged] = mergeAlike(["a", "b", "c", "d", "e"].map((name) => row(name, becomes(name))));
  expect(plainText(merged?.what ?? [])).toBe("Each of a, b, c, and 2 more becomes administrator");
  expect(merged?.headlines.map(plainText)).toEqual([
    "each of a, b, c, and 2 more becomes administrator",
    "each of a and 4 more becomes administrator",
  ]);
});

test("of roles that are replaced, words and verbs are those of several", () => {
  const replaced = (name: string): Phrase => [
    "Role ",
    quoted(name),
    " is deleted and created anew",
    ": its sessions end, and policies that name it by ARN stop matching until they are saved again",
  ];
  expect(texts(mergeAlike(["a", "b"].map((name) => row(name, replaced(name)))))).toEqual([
    "Roles a and b are deleted and created anew: their sessions end, and policies that name them by ARN stop matching until they are saved again",
  ]);
});
