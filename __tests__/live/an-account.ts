import { accountAsDeclared } from "../../dev/golden/access-report/as-declared";
import { parseAccess } from "../../lib/config/load";
import type { Access } from "../../lib/config/model/model";
import type { AccountAsItIs } from "../../lib/live/read/account-as-it-is";

/** An access.yaml as the talk's, with what a test is about in addition. */
export function accessOf(more: Readonly<Record<string, unknown>> = {}, people: unknown = ["alice"]): Access {
  const parsed = parseAccess(
    JSON.stringify({
      organization: { id: "6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11" },
      accounts: {
        main: { id: "123456789012", region: "us-east-1", state: { bucket: "acme-terraform-state" } },
      },
      people: {
        alice: "0b6ad1c5-93a4-4a39-8f3f-2d1f2f0c7a01",
        bob: "91d0a1f7-6c0b-4d3e-9a5c-6f1e8d2b3c02",
      },
      projects: {
        website: {
          id: "77c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f03",
          repository: "github.com/acme/website",
          roles: { deploy: { people, branches: ["main"], bucket: "acme-website", ...more } },
        },
      },
    }),
  );
  if ("problems" in parsed) throw new Error(JSON.stringify(parsed.problems));
  return parsed.access;
}

/** The only account of a file. */
export function accountOf(access: Access) {
  const [account] = access.accounts;
  if (account === undefined) throw new Error("a file without accounts");
  return account;
}

/** The account exactly as the file declares it, and then what a test changes. */
export function asDeclared(access: Access, changes: Partial<AccountAsItIs> = {}): AccountAsItIs {
  return { ...accountAsDeclared(access, accountOf(access)), ...changes };
}
