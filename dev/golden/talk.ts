import path from "node:path";
import { repositoryRoot } from "../../lib/programs/cache";
import { pickAccount } from "../../lib/project/pick-account";
import { readAccess } from "../../lib/project/read-access";
import { createStateBucket } from "../../lib/start/bootstrap/create-bucket";
import { hardenStateBucket } from "../../lib/start/bootstrap/harden-bucket";
import { AccountReader } from "../e2e/account";
import { startWorld } from "../e2e/start-world";
import { edited, talk } from "../e2e/talk";
import type { World } from "../e2e/world";
import type { GoldenName } from "./cases";
import { type Keep, planOf } from "./plan-of";

const TALK = path.join(repositoryRoot, "examples", "talk", "access.yaml");
const WEBSITE = "main-website";

interface Named {
  readonly name: GoldenName;
}

/** The stacks when nothing is deployed yet. */
export const FIRST: readonly (Named & { readonly stack: string })[] = [
  { name: "talk-first-state", stack: "main-state" },
  { name: "talk-first-identity", stack: "main-identity" },
  { name: "talk-first-website", stack: WEBSITE },
];

/** What is edited in the talk's access.yaml once its stacks are deployed. */
export const EDITS: readonly (Named & { readonly from: string; readonly to: string })[] = [
  { name: "talk-person-added", from: "publishers: [alice]", to: "publishers: [alice, bob]" },
  { name: "talk-branch-added", from: "branches: [main]", to: "branches: [main, release/*]" },
  {
    name: "talk-role-removed",
    from: "      preview: { people: everyone, branches: any, bucket: acme-website-preview }\n",
    to: "",
  },
];

/** This project's own stacks: deployed for the first time, and after an edit of access.yaml. */
export async function playTalk(keep: Keep): Promise<void> {
  const world = await startWorld(undefined, { ownProviders: true });
  const account = new AccountReader(world.sandbox);
  try {
    await bootstrapped(account);
    await world.synth(...FIRST.map(({ stack }) => stack));
    for (const { name, stack } of FIRST) await keepPlan(world, stack, name, keep);
    await world.apply(WEBSITE);
    for (const { name, from, to } of EDITS) {
      await world.writeAccess(edited(await talk(), from, to));
      await world.synth(WEBSITE);
      await keepPlan(world, WEBSITE, name, keep);
    }
  } finally {
    account.close();
    await world.stop();
  }
}

/** The state bucket as `bootstrap` leaves it before it deploys the stack. */
async function bootstrapped({ s3 }: AccountReader): Promise<void> {
  const account = pickAccount(readAccess(TALK), undefined);
  await createStateBucket(s3, account);
  await hardenStateBucket(s3, account);
}

async function keepPlan(world: World, stack: string, name: GoldenName, keep: Keep): Promise<void> {
  await keep(await planOf(world, stack, { name, declared: await talk() }));
}
