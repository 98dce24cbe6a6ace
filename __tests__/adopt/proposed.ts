import { NO_TRANSFERS } from "../../lib/adopt/imports/transfers";
import type { States } from "../../lib/adopt/inventory/states";
import { type Declared, declaredIn } from "../../lib/adopt/propose/declared";
import type { AdoptInput } from "../../lib/adopt/propose/proposal";
import { propose } from "../../lib/adopt/propose/propose";
import { accessFromText } from "../../lib/config/load";
import { synth } from "../stacks/synth";
import { anInventory } from "./an-inventory";

const NO_STATES: States = { addresses: new Set(), holders: new Map() };

/** A proposal for a file and an account; the stacks are written for real. */
export function proposed(
  text: string,
  differences: Partial<AdoptInput> = {},
  options: {
    readonly only?: readonly string[];
    readonly defaultTags?: boolean;
    readonly project?: string;
  } = {},
) {
  const access = accessFromText(text, "access.yaml");
  const [account] = access.accounts;
  if (account === undefined) throw new Error("no account");
  const present: AdoptInput = {
    access,
    account,
    text,
    file: "access.yaml",
    importsFile: "imports.json",
    importsText: undefined,
    transfers: NO_TRANSFERS,
    inventory: anInventory(),
    states: NO_STATES,
    readFile: () => undefined,
    pathOf: (file: string) => file,
    ...differences,
  };
  return propose(
    present,
    { defaultTags: false, ...options },
    async (_, written): Promise<readonly Declared[]> => {
      const { manifest, json } = synth(written);
      return manifest.flatMap(({ name }) => declaredIn(name, json(name)));
    },
  );
}

export function importsIn(changes: Awaited<ReturnType<typeof proposed>>["changes"]): unknown {
  const text = changes.find(({ file }) => file === "imports.json")?.after;
  return text === undefined ? undefined : JSON.parse(text).import;
}
