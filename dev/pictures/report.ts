import { printHtml } from "../../lib/report/html/report";
import { pageInPicture } from "./page";
import { reviewInPictures } from "./reviewed";
import { type Drawn, svgOf, type Theme, type Width } from "./svg";

const SIZES = {
  wide: { width: 860, height: 690 },
  narrow: { width: 400, height: 700 },
} as const satisfies Readonly<Record<Width, Pick<Drawn, "width" | "height">>>;

/** The report of `--html`, in one of its two color schemes. */
export function reportPicture(theme: Theme, width: Width = "wide"): string {
  const page = printHtml(reviewInPictures(), undefined, { title: "acme/infrastructure" });
  const { style, body } = pageInPicture(page, theme);
  return svgOf({ title: "A review as a page", ...SIZES[width], style, body });
}
