import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { findBrowser } from "../../dev/rendered/find-browser";
import { run } from "../../lib/process/run";

export const browser = findBrowser();

/** Tests that open a page in a browser: where there is none, jest reports them as skipped. */
export const testInBrowser = browser === undefined ? test.skip : test;

interface Seen {
  readonly width: number;
  readonly room: number;
  readonly english: string;
  /** After a click on what shows the Japanese text, where there is something to click on. */
  readonly japanese: string;
  readonly background: string;
  readonly fetched: number;
  readonly ran: boolean;
}

/** Measures the page from outside, in a frame: the page itself runs no script. */
function frame(width: number): string {
  return `<!doctype html><iframe id="page" style="width:${width}px;height:2000px" src="record.html"></iframe><script>
onload = () => {
  const { contentDocument: inner, contentWindow: view } = page;
  const { body, documentElement: root } = inner;
  const seen = { width: root.scrollWidth, room: root.clientWidth, english: body.innerText };
  inner.querySelector("[for=show-ja]")?.click();
  seen.japanese = body.innerText;
  seen.background = view.getComputedStyle(body).backgroundColor;
  seen.fetched = view.performance.getEntriesByType("resource").length;
  seen.ran = "evil" in view;
  document.body.textContent = encodeURIComponent(JSON.stringify(seen));
};</script>`;
}

/** Starts the browser on a page of a folder. */
function open(folder: string, page: string, options: readonly string[]) {
  return run(browser ?? "", [
    ...["--headless=new", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files"],
    ...[`--user-data-dir=${path.join(folder, "profile")}`, "--virtual-time-budget=5000", ...options],
    `file://${path.join(folder, page)}`,
  ]);
}

/**
 * The sheets of a page on paper.
 * @param folder with the page in `record.html`
 */
export async function sheetsOf(folder: string): Promise<number> {
  const file = path.join(folder, "record.pdf");
  await open(folder, "record.html", [`--print-to-pdf=${file}`]);
  return readFileSync(file, "latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
}

/**
 * What a reader sees of a page.
 * @param folder with the page in `record.html`
 * @param width of the window, in pixels
 */
export async function see(folder: string, width: number, ...options: readonly string[]): Promise<Seen> {
  writeFileSync(path.join(folder, "frame.html"), frame(width));
  const { stdout, stderr } = await open(folder, "frame.html", [...options, "--dump-dom"]);
  const [, text] = /<body>(%7B[^<]*)<\/body>/.exec(stdout) ?? [];
  if (text === undefined) throw new Error(`the browser saw nothing: ${stdout}\n${stderr}`);
  return JSON.parse(decodeURIComponent(text)) as Seen;
}
