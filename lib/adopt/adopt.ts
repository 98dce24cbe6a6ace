import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Access, Account } from "../access/model";
import { checkCaller } from "../bootstrap/caller";
import { pickAccount } from "../project/pick-account";
import { readAccess } from "../project/read-access";
import { importsFile, readImports } from "../project/read-imports";
import { declareAside } from "./declare";
import { discover } from "./discover/discover";
import { readClients } from "./discover/gated-clients";
import type { Inventory } from "./inventory";
import { readStates, type States } from "./states";
import type { Proposal } from "./write/proposal";
import { bucketsDeclaredIn, type ProposeOptions, propose } from "./write/propose";

export interface AdoptOptions extends ProposeOptions {
  readonly account?: string;
  /** Buckets to look at beside those that roles' policies name. */
  readonly buckets: readonly string[];
}

export interface AdoptHost {
  /** Path of access.yaml. */
  readonly accessFile: string;
  /** Of main.ts. */
  readonly env: NodeJS.ProcessEnv;
  readonly step: <T>(what: string, task: () => Promise<T>) => Promise<T>;
}

/** What is in an account and in its states. Reads alone. */
export async function seeAccount(
  access: Access,
  account: Account,
  buckets: readonly string[],
): Promise<{ readonly inventory: Inventory; readonly states: States }> {
  await checkCaller(account);
  const clients = readClients(account.region);
  try {
    const states = await readStates(clients.s3, account);
    const inventory = await discover(clients, {
      ...{ account, organization: access.organization.id, buckets },
      declared: bucketsDeclaredIn(access),
    });
    return { inventory, states };
  } finally {
    clients.close();
  }
}

/**
 * What has to be written so that the next deploy imports what exists in an account. Writes nothing.
 * @throws ProjectError of `checkCaller`, `readStates`, `discover` and `propose`
 */
export async function proposeAdoption(options: AdoptOptions, host: AdoptHost): Promise<Proposal> {
  const { accessFile, env, step } = host;
  const access = readAccess(accessFile);
  const transfers = readImports(accessFile);
  const account = pickAccount(access, options.account);
  const { inventory, states } = await step(`look at account ${account.key}`, () =>
    seeAccount(access, account, options.buckets),
  );
  const folder = path.dirname(accessFile);
  const imports = importsFile(accessFile);
  const pathOf = (file: string): string => path.join(folder, file);
  const present = {
    ...{ access, account, transfers, inventory, states, file: accessFile, importsFile: imports, pathOf },
    text: readFileSync(accessFile, "utf8"),
    importsText: textOf(imports),
    readFile: (file: string) => textOf(pathOf(file)),
  };
  return propose(present, options, (text, proposed) =>
    step("write the stacks aside", () => declareAside(text, proposed, env)),
  );
}

function textOf(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
