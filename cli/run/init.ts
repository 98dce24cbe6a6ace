import type { Answers } from "../../lib/start/init/answers";
import { init } from "../../lib/start/init/init";
import { print } from "../../lib/terminal/output";
import { isTerminal, withPrompt } from "../../lib/terminal/prompt";
import type { Framework } from "../../lib/terraform/framework";
import { startHost } from "../host";

export interface InitCall extends Partial<Omit<Answers, "account">> {
  readonly accountId?: string;
  readonly slug?: string;
  readonly pipeline?: true;
  readonly framework?: Framework["name"];
  readonly yes?: true;
}

/** Runs `oidc init`. */
export async function runInit(
  folder: string | undefined,
  { accountId, slug, pipeline, framework, yes, ...given }: InitCall,
): Promise<void> {
  const text = await init(
    {
      given: { ...given, ...(accountId === undefined ? {} : { account: accountId }) },
      ...(slug === undefined ? {} : { slug }),
      ...(folder === undefined ? {} : { project: folder }),
      ...(pipeline === undefined ? {} : { pipeline }),
      ...(framework === undefined ? {} : { framework }),
    },
    {
      ...startHost(),
      withPrompt: (task) => (isTerminal() && yes !== true ? withPrompt(task) : task(undefined)),
    },
  );
  print(text);
}
