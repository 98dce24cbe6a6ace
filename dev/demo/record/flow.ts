import type { Access } from "../../../lib/config/model/model";
import type { InEachLanguage } from "../../../lib/describe/language";
import { type Html, html } from "../../../lib/html/html";
import type { PartReason } from "../../../lib/iam/evaluate/reasons";
import { parseSubject } from "../../../lib/token/parse-subject";
import type { Replayed, ReplayedJob } from "../replay/replay";
import { STATUS_WORDS, showsV1 } from "../replay/words";
import { both, bothPhrases } from "./bilingual";
import { personIn, reasonIn } from "./sentences";
import { WORDS } from "./words";

/** One job as a flow: user, job, token claims, the trust policy's conditions, role, bucket. */
export function flowOf(access: Access, run: Replayed, replayed: ReplayedJob): Html {
  const { scenario } = run;
  const { job, answer } = replayed;
  const role = scenario.project.roles.find(({ key }) => key === job.name);
  const gets = answer.decision === "allow";
  const ran = job.status === "success" || job.status === "failed";
  const state = !ran ? "idle" : job.status === "success" ? "yes" : "no";
  const after = job.status === "success" ? "yes" : "idle";
  const bucket = role?.bucket?.name;
  const message = job.status === "failed" ? job.result?.message : undefined;
  const why = bothPhrases(reasonIn(answer, scenario.project, job.name));
  return html`<section class="job"><h4><b>${job.name}</b> ${badge(STATUS_WORDS[job.status], state)}</h4>
<ol class="flow">
<li>${label(WORDS.who)}<b>${both(personIn(scenario.person.name))}</b></li>
<li>${label(WORDS.job)}<b>${job.name}</b></li>
<li class="wide ${ran ? "" : "idle"}">${label(WORDS.token)}${claims(access, answer.claims)}</li>
<li class="wide ${ran ? (gets ? "yes" : "no") : "idle"}">${label(WORDS.trust)}${conditions(answer.statements.flatMap(({ parts }) => parts))}</li>
<li class="${after} ${ran && !gets ? "stopped" : ""}">${label(WORDS.role)}<b>${role?.name ?? job.name}</b></li>
<li class="${after}">${label(WORDS.bucket)}<b>${bucket ?? both(WORDS.noBucket)}</b></li>
</ol>
<p>${label(WORDS.why)}${why}</p>${message === undefined ? "" : html`<p>${label(WORDS.aws)}<q lang="en">${message}</q></p>`}
${showsV1(run, replayed) ? otherToken(run, replayed) : ""}</section>`;
}

/** AWS's answer to the job's V1 token, in one line. */
function otherToken({ scenario }: Replayed, { job, v1Token: { answer, explained } }: ReplayedJob): Html {
  const state = answer.allowed ? badge(WORDS.allowed, "yes") : badge(WORDS.denied, "no");
  const why = bothPhrases(reasonIn(explained, scenario.project, job.name));
  return html`<p>${label(WORDS.v1)}${state} ${why}</p>`;
}

export function badge(text: InEachLanguage, state: "yes" | "no" | "idle"): Html {
  return html`<span class="badge ${state}">${both(text)}</span>`;
}

function label(text: InEachLanguage): Html {
  return html`<span class="label">${both(text)}</span>`;
}

function claims(
  { organizations, people, projects }: Access,
  { aud, sub = "" }: ReplayedJob["answer"]["claims"],
): Html {
  const subject = parseSubject(sub);
  const job = subject?.kind === "job" ? subject : undefined;
  const person = people.find(({ id }) => id === job?.job.user)?.name;
  const project = projects.find(({ id }) => id === job?.job.project)?.key;
  const audience = [aud ?? []]
    .flat()
    .map((one) => (organizations.some(({ id }) => id === one) ? short(one) : html`${one}`));
  const rows: readonly (readonly [InEachLanguage, Html])[] = [
    [WORDS.organization, short(job?.job.organization)],
    [WORDS.project, named(project, job?.job.project)],
    [WORDS.user, named(person, job?.job.user)],
    [WORDS.origin, job?.source === undefined ? both(WORDS.noRef) : html`<code>${job.source.origin}</code>`],
    [WORDS.ref, job?.source === undefined ? both(WORDS.noRef) : html`<code>${job.source.ref}</code>`],
    [WORDS.audience, html`${audience}`],
  ];
  return html`<dl>${rows.map(([name, value]) => html`<dt>${both(name)}</dt><dd>${value}</dd>`)}</dl>`;
}

function named(name: string | undefined, id: string | undefined): Html {
  return name === undefined ? short(id) : html`<b>${name}</b> ${short(id)}`;
}

/** The first characters of an id; the whole id as a tooltip. */
function short(id = "?"): Html {
  return html`<code title="${id}">${id.slice(0, 8)}…</code>`;
}

function conditions(parts: readonly PartReason[]): Html {
  const asked = parts.filter(({ kind }) => kind === "condition");
  return html`<ul class="conditions">${asked.map(condition)}</ul>`;
}

function condition({ operator = "", key = "", holds, found, wanted }: PartReason): Html {
  const state = holds === true ? "yes" : "no";
  const sign = holds === true ? "✓" : holds === "unknown" ? "?" : "✗";
  const is = typeof found === "string" ? found : found.join(", ");
  return html`<li class="${state}"><b>${sign} ${operator} <code title="${key}">${key.split(":").at(-1) ?? key}</code></b>
<span class="label">${both(WORDS.asked)}</span>${wanted.map((one) => html`<code class="long">${one}</code>`)}${holds === true ? "" : html`<span class="label">${both(WORDS.found)}</span><code class="long">${is}</code>`}</li>`;
}
