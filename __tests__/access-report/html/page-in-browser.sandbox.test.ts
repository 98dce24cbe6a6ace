import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { accessPage } from "../../../lib/access-report/html/access-page";
import { see, sheetsOf, testInBrowser } from "../../html/browser";
import { NASTY } from "../../report/nasty-texts";
import { hostileReport } from "./hostile-report";

testInBrowser(
  "the page fits a phone, fetches nothing, runs nothing, and prints with all that is folded",
  async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "access-"));
    try {
      const page = accessPage(hostileReport([...NASTY, "x".repeat(300)]), "en");
      writeFileSync(path.join(folder, "record.html"), page.replaceAll(' open=""', ""));
      const seen = await see(folder, 375);
      expect(seen.width).toBeLessThanOrEqual(seen.room);
      expect(seen).toMatchObject({ fetched: 0, ran: false });
      expect(seen.english).toContain("people can administer an AWS account");
      // Folded, the page has 3 sheets.
      expect(await sheetsOf(folder)).toBeGreaterThan(12);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
