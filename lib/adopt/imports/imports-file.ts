import { z } from "zod";
import { ProjectError } from "../../errors";
import type { StackTransfers, Transfers } from "./transfers";

/** Name of the file, beside access.yaml. `adopt` writes it; nobody has to. */
export const IMPORTS_FILE = "imports.json";

const address = z.string().regex(/^[a-z0-9_]+\.[A-Za-z_][A-Za-z0-9_-]*$/);
const importIds = z.record(address, z.string().min(1));
const importsSchema = z.strictObject({
  version: z.literal(1),
  import: z.record(z.string(), z.record(z.string(), importIds)),
  forget: z.record(z.string(), z.record(z.string(), z.array(address).min(1))),
});

/**
 * imports.json as it is written: by account and stack, the import id of each address, and the
 * addresses to forget.
 */
export type ImportsFile = z.infer<typeof importsSchema>;

/**
 * Reads the text of imports.json.
 * @param file its name, for messages
 * @throws ProjectError `imports-not-read`, `imported-twice` (exit 2)
 */
export function parseImports(text: string, file: string): Transfers {
  const parsed = importsSchema.safeParse(jsonOf(text, file));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = issue?.path.join(" → ") ?? "";
    throw notRead(file, `${place === "" ? "the file" : place}: ${issue?.message ?? "not as it should be"}`);
  }
  refuseTwice(parsed.data, file);
  return transfersOf(parsed.data);
}

/** The text of imports.json: sorted, so that the same imports are the same bytes. */
export function printImports(transfers: Transfers): string {
  const sorted = (
    partOf: (stack: StackTransfers) => object,
    isEmpty: (stack: StackTransfers) => boolean,
  ): object =>
    fromEntries(
      [...transfers].flatMap(([account, stacks]) => {
        const some = [...stacks].filter(([, stack]) => !isEmpty(stack));
        return some.length === 0
          ? []
          : [[account, fromEntries(some.map(([name, one]) => [name, partOf(one)]))]];
      }),
    );
  const file = {
    version: 1,
    import: sorted(
      ({ imports }) => fromEntries(Object.entries(imports)),
      ({ imports }) => Object.keys(imports).length === 0,
    ),
    forget: sorted(
      ({ forgotten }) => [...forgotten].sort(),
      ({ forgotten }) => forgotten.length === 0,
    ),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

function fromEntries(entries: readonly (readonly [string, unknown])[]): object {
  return Object.fromEntries([...entries].sort(([one], [other]) => (one < other ? -1 : 1)));
}

function jsonOf(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw notRead(file, cause instanceof Error ? cause.message : String(cause));
  }
}

/**
 * Terraform takes one id at two addresses without a word, and two states would then fight over one
 * object.
 */
function refuseTwice(file: ImportsFile, name: string): void {
  for (const [account, stacks] of Object.entries(file.import)) {
    const taken = new Map<string, string>();
    for (const [stack, ids] of Object.entries(stacks)) {
      for (const [to, id] of Object.entries(ids)) {
        const [type = ""] = to.split(".");
        const same = JSON.stringify([type, id]);
        const first = taken.get(same);
        const here = `${stack}/${to}`;
        if (first !== undefined) {
          throw new ProjectError({
            code: "imported-twice",
            message: `${name}: ${id} in account ${account} would be at two addresses, ${first} and ${here}`,
            found: id,
            fix: "remove one of the two",
            exitCode: 2,
          });
        }
        taken.set(same, here);
      }
    }
  }
}

function transfersOf(file: ImportsFile): Transfers {
  const accounts = new Set([...Object.keys(file.import), ...Object.keys(file.forget)]);
  return new Map(
    [...accounts].sort().map((account) => {
      const imports = new Map(Object.entries(file.import[account] ?? {}));
      const forget = new Map(Object.entries(file.forget[account] ?? {}));
      const stacks = [...new Set([...imports.keys(), ...forget.keys()])].sort();
      return [
        account,
        new Map(
          stacks.map((stack): [string, StackTransfers] => [
            stack,
            { imports: imports.get(stack) ?? {}, forgotten: forget.get(stack) ?? [] },
          ]),
        ),
      ];
    }),
  );
}

function notRead(file: string, what: string): ProjectError {
  return new ProjectError({
    code: "imports-not-read",
    message: `${file} is not as \`adopt\` writes it: ${what}`,
    found: file,
    fix: "restore it from git, or remove it and run `npm run -s oidc -- adopt` again",
    exitCode: 2,
  });
}
