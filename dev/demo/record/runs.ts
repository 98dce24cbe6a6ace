import { type Html, html, raw } from "../../../lib/html/html";
import type { Replayed, ReplayedJob } from "../replay/replay";
import { STATUS_WORDS, showsV1 } from "../replay/words";
import type { Talk } from "../talk";
import { both } from "./bilingual";
import { badge, flowOf } from "./flow";
import { titleOf } from "./sentences";
import { WORDS } from "./words";

/** The first runs are open; the others open on a click. */
const OPEN = 2;

function v1Badge({ job: { name }, v1Token }: ReplayedJob): Html {
  const { allowed } = v1Token.answer;
  const { en, ja } = allowed ? WORDS.allowed : WORDS.denied;
  return html` ${badge({ en: `${name}, V1 token: ${en}`, ja: `${name}（V1 トークン）: ${ja}` }, allowed ? "yes" : "no")}`;
}

/** A row for every run, with AWS's answer for each job; below it the flow of each job. */
export function runsSection({ access, runs }: Talk): Html {
  const row = (run: Replayed, index: number): Html => {
    const { scenario, jobs } = run;
    const badges = jobs.map((one) => {
      const { name, status } = one.job;
      const state = status === "success" ? "yes" : status === "failed" ? "no" : "idle";
      const { en, ja } = STATUS_WORDS[status];
      return html` ${badge({ en: `${name}: ${en}`, ja: `${name}: ${ja}` }, state)}${showsV1(run, one) ? v1Badge(one) : ""}`;
    });
    const flows = jobs.map((job) => flowOf(access, run, job));
    return html`<details${raw(index < OPEN ? " open" : "")}><summary><b>${both(titleOf(scenario))}</b>${badges}</summary>
<div>${flows}</div></details>
`;
  };
  return html`<h2>${both(WORDS.runs)}</h2>
${runs.map(row)}`;
}
