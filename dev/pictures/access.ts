import { accessPage } from "../../lib/access-report/html/access-page";
import type { AccessReport } from "../../lib/access-report/model/report";
import { pageInPicture } from "./page";
import { type Drawn, svgOf, type Theme, type Width } from "./svg";

const SIZES = {
  wide: { width: 860, height: 1600 },
  narrow: { width: 400, height: 1500 },
} as const satisfies Readonly<Record<Width, Pick<Drawn, "width" | "height">>>;

/** The page of `oidc report --html`, in one of its two color schemes. */
export function accessPicture(sample: AccessReport, theme: Theme, width: Width = "wide"): string {
  // Without `--live`, so that the matrix has room.
  const { live: _, ...report } = sample;
  const { style, body: whole } = pageInPicture(accessPage(report), theme);
  // The picture is cut before the roles.
  const body = whole.replace(/<section aria-labelledby="roles">.*<\/section>/s, "");
  return svgOf({ title: "An access report as a page", ...SIZES[width], style, body });
}
