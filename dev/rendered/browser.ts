import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Readable, Writable } from "node:stream";
import { z } from "zod";

const OPTIONS = [
  ...["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run"],
  ...["--disable-extensions", "--disable-background-networking", "--remote-debugging-pipe"],
];

const messageSchema = z.looseObject({
  id: z.number().optional(),
  method: z.string().optional(),
  sessionId: z.string().optional(),
  result: z.unknown().optional(),
  error: z.object({ message: z.string() }).optional(),
});
const targetSchema = z.object({ targetId: z.string() });
const sessionSchema = z.object({ sessionId: z.string() });
const valueSchema = z.object({
  result: z.looseObject({ value: z.unknown().optional() }),
  exceptionDetails: z.unknown().optional(),
});
const pictureSchema = z.object({ data: z.string() });

export type Scheme = "light" | "dark";

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * One Chromium with one page, driven by the Chrome DevTools Protocol over a pipe: messages are
 * JSON, each ended by a NUL byte, on the file descriptors 3 and 4.
 */
export class Browser {
  private last = 0;
  private rest = "";
  private readonly waiting = new Map<number, Waiting>();
  private readonly loaded: (() => void)[] = [];
  private session: string | undefined;

  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    private readonly writes: Writable,
    reads: Readable,
  ) {
    reads.setEncoding("utf8").on("data", (text: string) => this.take(text));
    child.on("exit", () => this.fail(new Error("the browser has ended")));
    child.on("error", (error) => this.fail(error));
  }

  /** @param file Chromium's program */
  static async open(file: string): Promise<Browser> {
    const folder = mkdtempSync(path.join(tmpdir(), "browser-"));
    const child = spawn(file, [...OPTIONS, `--user-data-dir=${folder}`], {
      stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
    });
    const [, , , writes, reads] = child.stdio;
    const browser = new Browser(child, folder, writes as Writable, reads as Readable);
    const { targetId } = targetSchema.parse(
      await browser.call("Target.createTarget", { url: "about:blank" }),
    );
    const attached = await browser.call("Target.attachToTarget", { targetId, flatten: true });
    browser.session = sessionSchema.parse(attached).sessionId;
    await browser.call("Page.enable");
    return browser;
  }

  /** Opens a page and waits until it is loaded. */
  async go(url: string): Promise<void> {
    const isLoaded = new Promise<void>((resolve) => this.loaded.push(resolve));
    await this.call("Page.navigate", { url });
    await isLoaded;
  }

  /** @param width of the window, in CSS pixels */
  async show(width: number, scheme: Scheme): Promise<void> {
    const size = { width, height: 900, deviceScaleFactor: 1, mobile: false };
    await this.call("Emulation.setDeviceMetricsOverride", size);
    const features = [{ name: "prefers-color-scheme", value: scheme }];
    await this.call("Emulation.setEmulatedMedia", { features });
  }

  /** The value of an expression in the page, which is JSON. */
  async evaluate(expression: string): Promise<unknown> {
    const called = await this.call("Runtime.evaluate", { expression, returnByValue: true });
    const { result, exceptionDetails } = valueSchema.parse(called);
    if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
    return result.value;
  }

  /** The page from its top as PNG. @param width and height in CSS pixels */
  async picture(width: number, height: number): Promise<Buffer> {
    const clip = { x: 0, y: 0, width, height, scale: 1 };
    const options = { format: "png", clip, captureBeyondViewport: true, optimizeForSpeed: true };
    const { data } = pictureSchema.parse(await this.call("Page.captureScreenshot", options));
    return Buffer.from(data, "base64");
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once("close", resolve));
    this.session = undefined;
    await this.call("Browser.close").catch(() => this.child.kill());
    await ended;
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  private call(method: string, params: object = {}): Promise<unknown> {
    this.last += 1;
    const id = this.last;
    const answer = new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
    const session = this.session === undefined ? {} : { sessionId: this.session };
    this.writes.write(`${JSON.stringify({ id, method, params, ...session })}\0`);
    return answer;
  }

  private take(text: string): void {
    const messages = (this.rest + text).split("\0");
    this.rest = messages.pop() ?? "";
    for (const message of messages) this.answer(messageSchema.parse(JSON.parse(message)));
  }

  private answer({ id, method, result, error }: z.infer<typeof messageSchema>): void {
    if (method === "Page.loadEventFired") for (const done of this.loaded.splice(0)) done();
    const one = id === undefined ? undefined : this.waiting.get(id);
    if (id === undefined || one === undefined) return;
    this.waiting.delete(id);
    if (error === undefined) one.resolve(result);
    else one.reject(new Error(error.message));
  }

  private fail(error: Error): void {
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}
