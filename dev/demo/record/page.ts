import { type Html, html } from "../../../lib/html/html";
import { page } from "../../../lib/html/page";
import type { Talk } from "../talk";
import { both } from "./bilingual";
import { runsSection } from "./runs";
import {
  branchPinSection,
  breakGlassSection,
  contentsSection,
  forgedSection,
  leftOutSection,
  usedSection,
} from "./sections";
import { STYLE } from "./style";
import { WORDS } from "./words";

interface Recording {
  readonly talk: Talk;
  /** The name of the file that was shown, without its folder. */
  readonly file: string;
  readonly when: Date;
}

/**
 * The record of a demo as one self-contained page: no script, no font, no picture, no request to
 * any address. The reader switches between English and Japanese.
 */
export function recordPage({ talk, file, when }: Recording): string {
  const time = when
    .toISOString()
    .replace(/:\d\d\.\d+Z$/, " UTC")
    .replace("T", " ");
  const sections: readonly Html[] = [
    runsSection(talk),
    contentsSection(talk.contents),
    ...(talk.used === undefined ? [] : [usedSection(talk.used)]),
    ...(talk.forged === undefined ? [] : [forgedSection(talk.forged)]),
    branchPinSection(talk.branchPin),
    ...(talk.breakGlass === undefined ? [] : [breakGlassSection(talk.breakGlass)]),
    ...(talk.leftOut.length === 0 ? [] : [leftOutSection(talk.leftOut)]),
  ];
  return page({
    title: `${WORDS.title.en} · ${WORDS.title.ja}`,
    style: STYLE,
    body: html`<input class="language" type="radio" name="language" id="show-en" checked><input class="language" type="radio" name="language" id="show-ja">
<nav class="languages"><label for="show-en" lang="en">English</label> <label for="show-ja" lang="ja">日本語</label></nav>
<main>
<h1>${both(WORDS.title)}</h1>
<p>${both(WORDS.intro)}</p>
${sections}
<footer>${both(WORDS.recorded)} ${time} · ${both(WORDS.from)} <code>${file}</code> · cdktf-circleci-oidc</footer>
</main>`,
  });
}
