import { OIDC } from "../../command-name";
import { type CommandWords, firstSentence } from "./words";

/** For `npm run -s oidc -- completion fish | source`. */
export function fishCompletion(commands: readonly CommandWords[]): string {
  const names = commands.map(
    ({ name, about }) =>
      `complete -c oidc -n __fish_use_subcommand -f -a ${name} -d ${quoted(firstSentence(about))}`,
  );
  const rest = commands.flatMap(({ name, options, arguments: values }) => {
    const seen = `complete -c oidc -n '__fish_seen_subcommand_from ${name}'`;
    return [
      ...options.map(({ name: option, about, takesValue, choices }) => {
        const value = choices.length > 0 ? ` -x -a ${quoted(choices.join(" "))}` : takesValue ? " -r" : "";
        return `${seen} -l ${option.replace(/^--/, "")}${value} -d ${quoted(firstSentence(about))}`;
      }),
      ...(values.length === 0 ? [] : [`${seen} -f -a ${quoted(values.join(" "))}`]),
    ];
  });
  return `type -q oidc; or function oidc; ${OIDC} $argv; end\n${[...names, ...rest].join("\n")}\n`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
