/** Commands that are npm scripts of a clone; the others are below `npm run -s oidc`. */
const SCRIPTS = ["bootstrap", "deploy", "destroy", "diff", "sandbox", "synth", "terraform", "unlock"];

/** What starts the installed command; undefined in a clone. setup/bundle.cjs sets it. */
const INSTALLED = process.env.OIDC_COMMAND;

/** Whether this code is the installed package, and not a clone. */
export const IS_INSTALLED = INSTALLED !== undefined;

/** The folder of the installed pages; undefined in a clone. setup/bundle.cjs sets it. */
const INSTALLED_DOCS = process.env.OIDC_DOCS;

/** What stands before the name of every command. */
export const OIDC = INSTALLED ?? "npm run -s oidc --";

/**
 * A command as a person types it, for messages and generated files: `npm run deploy --
 * main-website` in a clone, `npx oidc deploy main-website` where the package is installed.
 * @param command such as `deploy`, `review`
 * @param args words after it
 */
export function oidc(command: string, ...args: readonly string[]): string {
  return commandIn(INSTALLED, command, args);
}

/**
 * A command in a generated CircleCI job, where nothing is installed on demand: without the package,
 * `npx oidc` would run a stranger's package of that name, with the credentials of the job.
 */
export function oidcInJob(command: string): string {
  return INSTALLED === undefined
    ? oidc(command).replace(/^npm run (?!-s)/, "npm run -s ")
    : commandIn("npx --no-install oidc", command, []);
}

/** @param installed what starts the installed command; undefined: a clone */
export function commandIn(installed: string | undefined, command: string, args: readonly string[]): string {
  if (installed !== undefined) return [installed, command, ...args].join(" ");
  if (!SCRIPTS.includes(command)) return ["npm run -s oidc --", command, ...args].join(" ");
  return ["npm run", command, ...(args.length === 0 ? [] : ["--", ...args])].join(" ");
}

/**
 * A page of docs/, as a person in the project's folder opens it.
 * @param page such as `docs/findings.md#wildcard-past-field`
 */
export function docsPage(page: string): string {
  return INSTALLED_DOCS === undefined ? page : `${INSTALLED_DOCS}/${page.replace(/^docs\//, "")}`;
}

/** A page that names the commands of a clone, as it is shipped in the package. */
export function asInstalled(text: string): string {
  const scripts = new RegExp(`npm run (?:-s )?(${SCRIPTS.join("|")})\\b(?: --(?= ))?`, "g");
  return text.replaceAll("npm run -s oidc -- ", "npx oidc ").replaceAll(scripts, "npx oidc $1");
}
