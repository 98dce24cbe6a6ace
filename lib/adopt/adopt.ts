import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { checkCaller } from "../aws/caller";
import { accountView } from "../config/model/account-view";
import type { Access, Account } from "../config/model/model";
import { pickAccount } from "../project/pick-account";
import { readAccess } from "../project/read-access";
import { issuerOf } from "../token/issuer";
import { synthDeclared } from "./declare";
import { discover } from "./discover/discover";
import { readClients } from "./discover/read-clients";
import { readStates } from "./discover/read-states";
import { printImports } from "./imports/imports-file";
import { importsFile, readImports } from "./imports/read-imports";
import { type RemainingImports, removeCompleted } from "./imports/remove-completed";
import type { Transfers } from "./imports/transfers";
import type { Inventory } from "./inventory/inventory";
import type { States } from "./inventory/states";
import type { Declare, FileChange, Proposal } from "./propose/proposal";
import { type ProposeOptions, propose } from "./propose/propose";
import { proposeRelease, type ReleaseProposal } from "./release/propose-release";

export interface AdoptOptions extends ProposeOptions {
  readonly account?: string;
  /** Buckets of `--bucket`, besides those that policies of the roles name. */
  readonly buckets: readonly string[];
}

export interface AdoptHost {
  /** Path of access.yaml. */
  readonly accessFile: string;
  /** Environment for main.ts. */
  readonly env: NodeJS.ProcessEnv;
  readonly step: <T>(what: string, task: () => Promise<T>) => Promise<T>;
}

/** Reads an account and its Terraform state. */
async function readAccount(
  access: Access,
  account: Account,
  buckets: readonly string[],
): Promise<{ readonly inventory: Inventory; readonly states: States }> {
  await checkCaller(account);
  const clients = readClients(account.region);
  try {
    const states = await readStates(clients.s3, account);
    const inventory = await discover(clients, {
      account,
      issuers: access.organizations.map(issuerOf),
      buckets,
      declared: accountView(access, account).bucketNames,
    });
    return { inventory, states };
  } finally {
    clients.close();
  }
}

/**
 * Computes the files with which the next deploy imports what exists in an account. Writes nothing.
 * @throws ProjectError of `checkCaller`, `readStates`, `discover` and `propose`
 */
export async function proposeAdoption(options: AdoptOptions, host: AdoptHost): Promise<Proposal> {
  const { file, access, account } = readFiles(options.account, host);
  const { inventory, states } = await host.step(`read account ${account.key}`, () =>
    readAccount(access, account, options.buckets),
  );
  return propose({ ...file, access, account, inventory, states }, options, declareWith(host));
}

/**
 * Computes the files with which Terraform forgets roles or buckets of an account, which stay in
 * AWS. Writes nothing.
 * @throws ProjectError of `checkCaller`, `readStates` and `proposeRelease`
 */
export async function releaseFrom(
  names: readonly string[],
  accountKey: string | undefined,
  host: AdoptHost,
): Promise<ReleaseProposal> {
  const { file, access, account } = readFiles(accountKey, host);
  const states = await host.step(`read the Terraform state of ${account.key}`, () =>
    readAccountStates(account),
  );
  return proposeRelease({ ...file, access, account, states }, names, declareWith(host));
}

/**
 * The part of imports.json for one account: with its credentials, plans of other accounts would
 * fail.
 * @param accountKey undefined: the only account in imports.json
 * @throws ProjectError `account-needed`, `unknown-account` (exit 2)
 */
export function transfersToCheck(accountKey: string | undefined, file: string): Transfers {
  const transfers = readImports(file);
  if (accountKey === undefined && transfers.size < 2) return transfers;
  const { key } = pickAccount(readAccess(file), accountKey);
  return new Map([...transfers].filter(([account]) => account === key));
}

/**
 * imports.json without the entries of an account that a deploy has completed.
 * @throws ProjectError of `checkCaller` and `readStates`
 */
export async function finishAdoption(
  accountKey: string | undefined,
  host: AdoptHost,
): Promise<RemainingImports & { readonly changes: readonly FileChange[] }> {
  const { file, account } = readFiles(accountKey, host);
  const states = await host.step(`read the Terraform state of ${account.key}`, () =>
    readAccountStates(account),
  );
  const left = removeCompleted(file.transfers, account.key, states);
  const { importsText: before, importsFile: at } = file;
  if (before === undefined) return { ...left, changes: [] };
  if (left.transfers.size === 0) return { ...left, changes: [{ file: at, before }] };
  const after = printImports(left.transfers);
  return { ...left, changes: before === after ? [] : [{ file: at, before, after }] };
}

async function readAccountStates(account: Account): Promise<States> {
  await checkCaller(account);
  const clients = readClients(account.region);
  try {
    return await readStates(clients.s3, account);
  } finally {
    clients.close();
  }
}

function readFiles(accountKey: string | undefined, { accessFile }: AdoptHost) {
  const access = readAccess(accessFile);
  const folder = path.dirname(accessFile);
  const imports = importsFile(accessFile);
  const pathOf = (file: string): string => path.join(folder, file);
  return {
    access,
    account: pickAccount(access, accountKey),
    file: {
      file: accessFile,
      importsFile: imports,
      pathOf,
      transfers: readImports(accessFile),
      text: readFileSync(accessFile, "utf8"),
      importsText: textOf(imports),
      readFile: (file: string) => textOf(pathOf(file)),
    },
  };
}

function declareWith({ env, step }: AdoptHost): Declare {
  return (text, access) => step("synthesize the proposed stacks", () => synthDeclared(text, access, env));
}

function textOf(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
