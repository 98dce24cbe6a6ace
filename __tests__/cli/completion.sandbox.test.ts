import { execFileSync } from "node:child_process";
import { printCompletion, SHELLS } from "../../lib/terminal/completion/completion";
import type { CommandWords } from "../../lib/terminal/completion/words";

const commands: readonly CommandWords[] = [
  {
    name: "explain",
    about: "May this person assume it? It's said why. More.",
    options: [
      { name: "--expect", about: "what: allow [or deny]", takesValue: true, choices: ["allow", "deny"] },
      { name: "--policy", about: "a file", takesValue: true, choices: [] },
      { name: "--json", about: "for programs", takesValue: false, choices: [] },
    ],
    arguments: [],
  },
  { name: "completion", about: "A script.", options: [], arguments: [...SHELLS] },
];

/** What bash itself offers for a line that ends here. */
function offered(...words: readonly string[]): readonly string[] {
  const script = `${printCompletion("bash", commands)}
COMP_WORDS=("$@"); COMP_CWORD=$((\${#COMP_WORDS[@]}-1)); _oidc; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const said = execFileSync("bash", ["-c", script, "bash", "oidc", ...words], { encoding: "utf8" });
  return said.split("\n").filter((one) => one !== "");
}

test("bash completes commands, options, listed values, and files for free values", () => {
  expect(offered("")).toEqual(["explain", "completion", "--help"]);
  expect(offered("ex")).toEqual(["explain"]);
  expect(offered("explain", "--")).toEqual(["--expect", "--policy", "--json"]);
  expect(offered("explain", "--expect", "")).toEqual(["allow", "deny"]);
  expect(offered("explain", "--policy", "package.js")).toEqual(["package.json"]);
  expect(offered("completion", "z")).toEqual(["zsh"]);
  expect(offered("nothing", "--")).toEqual([]);
});

test("zsh and fish get every command, option and value with its description", () => {
  const zsh = printCompletion("zsh", commands);
  expect(zsh).toContain(`'explain:May this person assume it? It'\\''s said why.'`);
  expect(zsh).toContain(
    `explain) _arguments '--expect[what\\: allow \\[or deny\\]]:value:(allow deny)' '--policy[a file]:value:_files' '--json[for programs]'`,
  );
  expect(zsh).toContain("completion) _arguments '1:value:(bash zsh fish)' ;;");
  const fish = printCompletion("fish", commands);
  expect(fish).toContain(
    "complete -c oidc -n __fish_use_subcommand -f -a explain -d 'May this person assume it? It\\'s said why.'",
  );
  expect(fish).toContain(
    "complete -c oidc -n '__fish_seen_subcommand_from explain' -l expect -x -a 'allow deny' -d 'what: allow [or deny]'",
  );
  expect(fish).toContain(
    "complete -c oidc -n '__fish_seen_subcommand_from explain' -l policy -r -d 'a file'",
  );
});
