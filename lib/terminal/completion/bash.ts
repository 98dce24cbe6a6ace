import { OIDC } from "../../command-name";
import type { CommandWords } from "./words";

/** For `eval "$(npm run -s oidc -- completion bash)"`. */
export function bashCompletion(commands: readonly CommandWords[]): string {
  const cases = commands.map(({ name, options, arguments: values }) => {
    const choices = options
      .filter((option) => option.choices.length > 0)
      .map((option) => `        ${option.name}) words="${option.choices.join(" ")}" ;;`);
    const withValue = options.filter(({ takesValue, choices: some }) => takesValue && some.length === 0);
    const free =
      withValue.length === 0 ? [] : [`        ${withValue.map((one) => one.name).join("|")}) files=1 ;;`];
    const all = [...values, ...options.map((option) => option.name)].join(" ");
    return [
      `    ${name})`,
      `      case "$before" in`,
      ...choices,
      ...free,
      `        *) words="${all}" ;;`,
      "      esac ;;",
    ].join("\n");
  });
  return `type oidc >/dev/null 2>&1 || oidc() { ${OIDC} "$@"; }
_oidc() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" words="" files=""
  COMPREPLY=()
  if [ "$COMP_CWORD" -le 1 ]; then
    COMPREPLY=($(compgen -W "${commands.map(({ name }) => name).join(" ")} --help" -- "$word"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${cases.join("\n")}
  esac
  if [ -n "$files" ]; then COMPREPLY=($(compgen -f -- "$word")); else COMPREPLY=($(compgen -W "$words" -- "$word")); fi
}
complete -o filenames -F _oidc oidc
`;
}
