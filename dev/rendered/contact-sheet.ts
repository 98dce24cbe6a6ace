import { html } from "../../lib/html/html";
import { page } from "../../lib/html/page";

const STYLE = `
:root { color-scheme: light dark; } body { margin: 1rem; font: 1rem/1.5 system-ui, sans-serif; }
main { display: flex; flex-wrap: wrap; gap: 1rem; } figure { margin: 0; width: 18rem; } figcaption { overflow-wrap: anywhere; }
.window { display: block; height: 22rem; overflow: hidden; border: 1px solid #8888; } img { width: 100%; }
`;

/**
 * A page with all pictures of a surface, each small, in rows; a click opens it.
 * @param pictures names of documents, each with its file from the sheet's folder
 */
export function contactSheet(title: string, pictures: readonly (readonly [string, string])[]): string {
  return page({
    title,
    style: STYLE,
    body: html`<h1>${title}</h1>
<main>
${pictures.map(([name, file]) => html`<figure><a class="window" href="${file}"><img src="${file}" alt="" loading="lazy"></a><figcaption>${name}</figcaption></figure>\n`)}</main>`,
  }).replace("default-src 'none'", "default-src 'none'; img-src file: 'self'");
}

/** The page that leads to all sheets, and has what was measured. */
export function sheetIndex(sheets: readonly string[], lines: readonly string[]): string {
  return page({
    title: "Reports as they are read",
    style: STYLE,
    body: html`<h1>Reports as they are read</h1>
<ul>
${sheets.map((sheet) => html`<li><a href="${sheet}">${sheet}</a></li>\n`)}</ul>
<pre>${lines.map((line) => html`${line}\n`)}</pre>`,
  });
}
