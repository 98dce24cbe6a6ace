import type { InEachLanguage } from "../../../lib/describe/language";
import { refText } from "../../../lib/describe/ref";
import { type Html, html } from "../../../lib/html/html";
import { fullRef } from "../../../lib/token/ref";
import type { BucketContents } from "../account/contents";
import type { BranchPin } from "../attacks/branch-pin";
import type { BreakGlass } from "../attacks/break-glass";
import type { Forged } from "../attacks/forged";
import type { RoleAnswer } from "../tokens/ask-role";
import type { UsedCircle } from "../usage/used-circle";
import { both } from "./bilingual";
import { badge } from "./flow";
import { forgeryIn, personIn } from "./sentences";
import { WHEN, WORDS } from "./words";

function table(head: readonly Html[], rows: readonly (readonly Html[])[]): Html {
  return html`<table><thead><tr>${head.map((cell) => html`<th>${cell}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody></table>`;
}

function heading(text: InEachLanguage): Html {
  return html`<h2>${both(text)}</h2>`;
}

/** AWS's answer, with its error code. */
function answerBadge(answer: RoleAnswer): Html {
  if (answer.allowed) return badge(WORDS.allowed, "yes");
  return html`${badge(WORDS.denied, "no")} <code>${answer.code}</code>`;
}

export function contentsSection(contents: readonly BucketContents[]): Html {
  const head = [WORDS.bucket, WORDS.object, WORDS.bytes, WORDS.says].map(both);
  const rows = contents.flatMap(({ bucket, objects }) => {
    if (objects.length === 0) return [[html`${bucket}`, both(WORDS.empty), html``, html``]];
    return objects.map(({ key, bytes, text }) => [
      html`${bucket}`,
      html`<code>${key}</code>`,
      html`${bytes}`,
      html`<q lang="en">${text}</q>`,
    ]);
  });
  return html`${heading(WORDS.contents)}
${table(head, rows)}`;
}

export function forgedSection({ job, own, tried }: Forged): Html {
  const { person, role, ref } = job;
  const name = personIn(person.name);
  const good = both({
    en: `the valid token of ${name.en} from ${refText(fullRef(ref))}`,
    ja: `${name.ja} の正規のトークン（${refText(fullRef(ref), "ja")}）`,
  });
  const rows = [
    [good, answerBadge(own)],
    ...tried.map(({ forgery, answer }) => [both(forgeryIn(forgery)), answerBadge(answer)]),
  ];
  return html`${heading(WORDS.forged)}
${table([both(WORDS.shown), html`${role.name}`], rows)}`;
}

export function branchPinSection(pin: BranchPin | undefined): Html {
  if (pin === undefined) return html`${heading(WORDS.pin)}<p>${both(WORDS.unpinned)}</p>`;
  const { job, pattern, branch, pushes } = pin;
  const rows = pushes.map(({ person, branch: pushed, documented, ours }) => [
    html`${both(personIn(person.name))}: <code>${pushed}</code>`,
    pushed !== job.ref.name && documented.answer.allowed
      ? badge(WORDS.unintended, "no")
      : answerBadge(documented.answer),
    answerBadge(ours.answer),
  ]);
  return html`${heading(WORDS.pin)}
<p>${both(WORDS.pinIntro)} <code>${branch}</code></p>
<p><code class="long">${pattern}</code></p>
${table([both(WORDS.pushed), both(WORDS.documented), html`${job.role.name}`], rows)}`;
}

export function breakGlassSection({ job, person, tries }: BreakGlass): Html {
  const rows = tries.map(({ when, at, tried }) => [
    html`<code>${at}</code> ${both(WHEN[when])}`,
    answerBadge(tried.answer),
  ]);
  return html`${heading(WORDS.breakGlass)}
<p>${both(WORDS.breakGlassIntro)} ${both(personIn(person.name))}</p>
${table([both(WORDS.clock), html`${job.role.name}`], rows)}`;
}

export function usedSection({ job, unused, diff, tries, call }: UsedCircle): Html {
  const said = (isAllowed: boolean): Html =>
    isAllowed ? badge(WORDS.allowed, "yes") : badge(WORDS.denied, "no");
  const rows = [
    ...tries.map(({ person, before, after }) => [
      both(personIn(person.name)),
      answerBadge(before),
      answerBadge(after),
    ]),
    [both(WORDS.call), said(call.before), said(call.after)],
  ];
  return html`${heading(WORDS.used)}
<p>${both(WORDS.usedIntro)} ${both(personIn(unused.name))}</p>
<pre><code lang="en">${diff}</code></pre>
${table([html`${job.role.name}`, both(WORDS.before), both(WORDS.narrowed)], rows)}`;
}

export function leftOutSection(leftOut: readonly string[]): Html {
  return html`${heading(WORDS.leftOut)}
<ul>${leftOut.map((line) => html`<li lang="en">${line}</li>`)}</ul>`;
}
