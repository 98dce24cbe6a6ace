import { printHtml } from "../../lib/report/html/report";
import { pageInPicture } from "./page";
import { reviewInPictures } from "./reviewed";
import { svgOf, type Theme } from "./svg";

/** The report of `--html`, in one of its two color schemes. */
export function reportPicture(theme: Theme): string {
  const page = printHtml(reviewInPictures(), undefined, { title: "acme/infrastructure" });
  const { style, body } = pageInPicture(page, theme);
  return svgOf({ title: "A review as a page", width: 860, height: 690, style, body });
}
