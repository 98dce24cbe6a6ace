import { OIDC } from "../../command-name";
import { type CommandWords, firstSentence, type OptionWords } from "./words";

/** For `eval "$(npm run -s oidc -- completion zsh)"`, after `compinit`. */
export function zshCompletion(commands: readonly CommandWords[]): string {
  const names = commands.map(({ name, about }) => `    ${quoted(`${name}:${firstSentence(about)}`)}`);
  const cases = commands.map(({ name, options, arguments: values }) => {
    const specs = [
      ...options.map(specOf),
      ...(values.length === 0 ? [] : [quoted(`1:value:(${values.join(" ")})`)]),
    ];
    return `    ${name}) _arguments ${specs.join(" ")} ;;`;
  });
  return `(( $+commands[oidc] || $+functions[oidc] )) || oidc() { ${OIDC} "$@" }
_oidc() {
  local -a names
  names=(
${names.join("\n")}
  )
  if (( CURRENT == 2 )); then
    _describe command names
    return
  fi
  local name=$words[2]
  shift words
  (( CURRENT-- ))
  case $name in
${cases.join("\n")}
  esac
}
compdef _oidc oidc
`;
}

/** `--name[about]:value:(choices)`: zsh manual, "Completion System", _arguments. */
function specOf({ name, about, takesValue, choices }: OptionWords): string {
  const said = firstSentence(about).replaceAll(/[[\]:\\]/g, (one) => `\\${one}`);
  const value = !takesValue ? "" : choices.length > 0 ? `:value:(${choices.join(" ")})` : ":value:_files";
  return quoted(`${name}[${said}]${value}`);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
