import { sampleReport } from "../golden/access-report/sample";
import { accessPicture } from "./access";
import { commentPicture } from "./comment";
import { reportPicture } from "./report";
import { pictureFile, THEMES, WIDTHS } from "./svg";
import { terminalPicture } from "./terminal";

/** The files of the pictures, from the repository's root, each with its text. */
export function picturesOf(screen: readonly string[]): ReadonlyMap<string, string> {
  const report = sampleReport();
  return new Map(
    THEMES.flatMap((theme) => [
      ...WIDTHS.flatMap((width) => [
        [pictureFile("access", theme, width), accessPicture(report, theme, width)] as const,
        [pictureFile("comment", theme, width), commentPicture(theme, width)] as const,
        [pictureFile("report", theme, width), reportPicture(theme, width)] as const,
        [pictureFile("terminal", theme, width), terminalPicture(screen, theme, width)] as const,
      ]),
    ]),
  );
}
