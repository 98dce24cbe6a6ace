import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ProjectError } from "../../lib/errors";
import { Browser, type Scheme } from "./browser";
import { contactSheet, sheetIndex } from "./contact-sheet";
import type { Rendered } from "./documents";
import { findBrowser } from "./find-browser";
import { type Fault, measured, openPage, SCHEMES } from "./measure";
import { SURFACES, type Surface, WINDOW_NAMES, WINDOWS, type WindowName } from "./surfaces";

/** Pixels. What is longer is cut in its picture. */
const TALLEST = 3_000;

interface RenderOptions {
  /** Where the pictures go. */
  readonly folder: string;
  /** Whether folds are open in the pictures. They are always measured open. */
  readonly unfolded: boolean;
}

/**
 * Renders reports as each host shows them, wide and on a phone, light and dark: a picture of each,
 * sheets that have them all, and what was measured.
 * @throws ProjectError `browser-missing`: there is no Chromium
 */
export async function renderReports(
  documents: readonly Rendered[],
  { folder, unfolded }: RenderOptions,
): Promise<readonly Fault[]> {
  const browser = await Browser.open(requireBrowser());
  const faults: Fault[] = [];
  const sheets: string[] = [];
  try {
    for (const surface of SURFACES) {
      const articles = documents.map(({ name, review }) => ({ name, body: surface.body(review) }));
      await openPage(browser, surface, articles);
      const views = WINDOW_NAMES.flatMap((window) => SCHEMES.map((scheme) => ({ window, scheme })));
      for (const view of views) faults.push(...(await measured(browser, surface, view)));
      for (const view of views)
        sheets.push(await draw(browser, surface, { ...view, documents, folder, unfolded }));
    }
  } finally {
    await browser.close();
  }
  const lines = faults.map(lineOf);
  writeFileSync(path.join(folder, "index.html"), sheetIndex(sheets, lines));
  return faults;
}

interface Drawing extends RenderOptions {
  readonly window: WindowName;
  readonly scheme: Scheme;
  readonly documents: readonly Rendered[];
}

async function draw(
  browser: Browser,
  { name: surface }: Surface,
  { window, scheme, documents, folder, unfolded }: Drawing,
): Promise<string> {
  const view = `${surface}-${window}-${scheme}`;
  mkdirSync(path.join(folder, view), { recursive: true });
  await browser.show(WINDOWS[window], scheme);
  const pictures: [string, string][] = [];
  for (const { name } of documents) {
    const height = Number(await browser.evaluate(`showOnly(${JSON.stringify(name)}, ${unfolded})`));
    const file = `${view}/${name}.png`;
    const picture = await browser.picture(WINDOWS[window], Math.min(height, TALLEST));
    writeFileSync(path.join(folder, file), picture);
    pictures.push([name, file]);
  }
  writeFileSync(path.join(folder, `${view}.html`), contactSheet(view, pictures));
  return `${view}.html`;
}

/** One fault in a line. */
export function lineOf({ surface, window, scheme, name, kind, what }: Fault): string {
  return `${surface} ${window} ${scheme}  ${name}  ${kind}: ${what}`;
}

function requireBrowser(): string {
  const browser = findBrowser();
  if (browser !== undefined) return browser;
  throw new ProjectError({
    code: "browser-missing",
    message: "chromium is not on the PATH",
    fix: "install it (Debian: apt-get install chromium) and run this again",
    exitCode: 2,
  });
}
