import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { z } from "zod";
import type { Browser, Scheme } from "./browser";
import { type Article, pageOf, type Surface, WINDOWS, type WindowName } from "./surfaces";

const script = readFileSync(path.join(__dirname, "in-page.js"), "utf8");

export const SCHEMES: readonly Scheme[] = ["light", "dark"];

/** One thing that a reader would stumble over. */
export interface Fault {
  readonly surface: Surface["name"];
  readonly window: WindowName;
  readonly scheme: Scheme;
  /** Of the document. */
  readonly name: string;
  /** Such as `wide-table`. */
  readonly kind: string;
  readonly what: string;
}

/**
 * Whether a fault is only that something scrolls on its own: code on all screens, and tables on a
 * phone, have no other way on the hosts.
 */
export function onlyScrolls({ kind, window }: Fault): boolean {
  return kind === "scrolling-code" || (kind === "wide-table" && window === "phone");
}

const faultsSchema = z.array(z.tuple([z.string(), z.string()]));

/** Opens all documents as one page of a surface. */
export async function openPage(
  browser: Browser,
  surface: Pick<Surface, "style">,
  articles: readonly Article[],
): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "rendered-"));
  try {
    const file = path.join(folder, "page.html");
    writeFileSync(file, pageOf(surface, articles));
    await browser.go(`file://${file}`);
    await browser.evaluate(`${script}; undefined`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Measures the page that is open, in one window and color scheme. */
export async function measured(
  browser: Browser,
  { name: surface }: Pick<Surface, "name">,
  { window, scheme }: { readonly window: WindowName; readonly scheme: Scheme },
): Promise<readonly Fault[]> {
  await browser.show(WINDOWS[window], scheme);
  const found = faultsSchema.parse(await browser.evaluate("measure()"));
  return found.map(([name, fault]) => {
    const [kind = "", ...what] = fault.split(": ");
    return { surface, window, scheme, name, kind, what: what.join(": ") };
  });
}
