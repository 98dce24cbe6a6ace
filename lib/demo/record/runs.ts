import { type Html, html, raw } from "../../html/html";
import type { Replayed } from "../replay/replay";
import type { Talk } from "../talk";
import { both } from "./bilingual";
import { badge, flowOf } from "./flow";
import { titleOf } from "./sentences";
import { statusIn, WORDS } from "./words";

/** As many runs are laid open from the start; the others open when they are chosen. */
const OPEN = 2;

/** A row for every run: what happened, and for each job whether AWS let it in; below it the flow of each job. */
export function runsSection({ access, runs }: Talk): Html {
  const row = (run: Replayed, index: number): Html => {
    const { scenario, jobs } = run;
    const badges = jobs.map(({ job: { name, status } }) => {
      const state = status === "success" ? "yes" : status === "failed" ? "no" : "idle";
      const { en, ja } = statusIn(status);
      return html` ${badge({ en: `${name}: ${en}`, ja: `${name}: ${ja}` }, state)}`;
    });
    const flows = jobs.map((job) => flowOf(access, run, job));
    return html`<details${raw(index < OPEN ? " open" : "")}><summary><b>${both(titleOf(scenario))}</b>${badges}</summary>
<div>${flows}</div></details>
`;
  };
  return html`<h2>${both(WORDS.runs)}</h2>
${runs.map(row)}`;
}
