import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { printHtml } from "../../../lib/report/html/report";
import { see, testInBrowser } from "../../html/browser";
import { hostileReview } from "./hostile-review";

testInBrowser.each([360, 1_280])(
  "at %d pixels the page fits, fetches nothing and runs nothing that it quotes",
  async (width) => {
    const folder = mkdtempSync(path.join(tmpdir(), "report-"));
    try {
      writeFileSync(path.join(folder, "record.html"), printHtml(hostileReview));
      const seen = await see(folder, width);
      expect(seen.width).toBeLessThanOrEqual(seen.room);
      expect(seen).toMatchObject({ fetched: 0, ran: false });
      expect(seen.english).toContain("destroy");
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
