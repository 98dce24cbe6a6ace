import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { recordPage } from "../../../dev/demo/record/page";
import { see, testInBrowser } from "../../html/browser";
import { aTalk } from "./a-talk";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "record-"));
  const evil = "<script>window.evil = true</script><img src=evil.png onerror='window.evil = true'>";
  const talk = aTalk({ contents: [{ bucket: "b", objects: [{ key: evil, bytes: 1, text: evil }] }] });
  const page = recordPage({ talk, file: "access.yaml", when: new Date(0) });
  writeFileSync(path.join(folder, "record.html"), page);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

testInBrowser.each([360, 1280])(
  "at %d pixels nothing sticks out, and each language stands alone",
  async (width) => {
    const { width: taken, room, english, japanese } = await see(folder, width);
    expect(taken).toBeLessThanOrEqual(room);
    expect(english).toContain("bob pushes to main");
    expect(english).not.toContain("拒否");
    expect(japanese).toContain("bob が website の main に push");
    expect(japanese).toContain("拒否");
    expect(japanese).not.toContain("denied");
  },
);

testInBrowser("it is light or dark as the reader's system is", async () => {
  expect((await see(folder, 800, "--blink-settings=preferredColorScheme=1")).background).toBe(
    "rgb(251, 251, 250)",
  );
  expect((await see(folder, 800, "--blink-settings=preferredColorScheme=0")).background).toBe(
    "rgb(20, 24, 28)",
  );
});

testInBrowser("it fetches nothing, and what it quotes does not run", async () => {
  expect(await see(folder, 800)).toMatchObject({ fetched: 0, ran: false });
});
