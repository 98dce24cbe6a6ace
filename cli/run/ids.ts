import { type IdsOptions, ids } from "../../lib/start/ids/ids";
import { print, printAsJson } from "../../lib/terminal/output";
import { startHost } from "../host";

/** Runs `oidc ids`. */
export async function runIds(options: IdsOptions): Promise<void> {
  const found = await ids(options, startHost());
  if (options.json === true) printAsJson(found);
  else print(found);
}
