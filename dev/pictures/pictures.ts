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
      [`docs/pictures/access-${theme}.svg`, accessPicture(report, theme)] as const,
      [`docs/pictures/report-${theme}.svg`, reportPicture(theme)] as const,
      ...WIDTHS.flatMap((width) => [
        [pictureFile("comment", theme, width), commentPicture(theme, width)] as const,
        [pictureFile("terminal", theme, width), terminalPicture(screen, theme, width)] as const,
      ]),
    ]),
  );
}
