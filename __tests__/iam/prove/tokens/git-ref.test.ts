import type { Fragment } from "../../../../lib/iam/automata/fragments";
import { TextSets } from "../../../../lib/iam/automata/text-sets";
import { gitRef, gitRefName } from "../../../../lib/iam/prove/tokens/git-ref";

/** git-check-ref-format(1), rule by rule. */
function isRef(name: string): boolean {
  const components = name.split("/");
  return (
    components.every((one) => !one.startsWith(".") && !one.endsWith(".lock")) &&
    components.length > 1 &&
    !name.includes("..") &&
    // biome-ignore lint/suspicious/noControlCharactersInRegex: rule 4 is about them
    !/[\u0000-\u0020\u007f~^:?*[\\]/.test(name) &&
    components.every((one) => one !== "") &&
    !name.endsWith(".") &&
    !name.includes("@{") &&
    name !== "@"
  );
}

/** As `git check-ref-format` of git 2.39 answered. */
const answers: readonly (readonly [string, boolean])[] = [
  ["refs/heads/main", true],
  ["refs/heads/x/vcs-origin/github.com/acme/site/vcs-ref/refs/heads/main", true],
  ["refs/heads/中文", true],
  ["refs/heads/@", true],
  ["refs/heads/a@b", true],
  ["refs/heads/-dash", true],
  ["refs/heads/a./b", true],
  ["refs/heads/a.locked", true],
  ["refs/heads/alock", true],
  ["refs/heads/{", true],
  ["main", false],
  ["refs/heads/", false],
  ["/refs/heads/main", false],
  ["refs//heads", false],
  ["refs/heads/.hidden", false],
  ["refs/heads/a..b", false],
  ["refs/heads/a.", false],
  ["refs/heads/a.lock", false],
  ["refs/a.lock/heads", false],
  ["refs/heads/a.loc.lock", false],
  ["refs/heads/a@{b", false],
  ["refs/heads/@@{", false],
  ["refs/heads/a b", false],
  ["refs/heads/a\tb", false],
  ["refs/heads/a*", false],
  ["refs/heads/a?", false],
  ["refs/heads/a[", false],
  ["refs/heads/a\\b", false],
  ["refs/heads/a:b", false],
  ["refs/heads/a~1", false],
  ["refs/heads/a^", false],
  ["refs/heads/a\u007f", false],
];

function reader(fragment: Fragment): (text: string) => boolean {
  const sets = new TextSets();
  const set = sets.builtLike(fragment);
  return (text) => sets.has(set, text);
}

test.each(answers)("%j is a ref: %j", (name, isOne) => {
  expect(isRef(name)).toBe(isOne);
  expect(reader(gitRef)(name)).toBe(isOne);
});

test("every text of up to five pieces that can violate a rule", () => {
  const isGitRef = reader(gitRef);
  const isName = reader(gitRefName);
  const wrong: string[] = [];
  const check = (text: string, left: number): void => {
    if (isGitRef(text) !== isRef(text)) wrong.push(text);
    if (isName(text) !== isRef(`refs/heads/${text}`)) wrong.push(`refs/heads/${text}`);
    if (left > 0) for (const more of ["/", ".", "@", "{", "x", ".lock", "lo"]) check(text + more, left - 1);
  };
  check("", 5);
  expect(wrong).toEqual([]);
});
