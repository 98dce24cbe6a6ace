import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { XMLValidator } from "fast-xml-parser";
import { commentPicture } from "../../dev/pictures/comment";
import { reportPicture } from "../../dev/pictures/report";
import { pictureFile, THEMES, WIDTHS } from "../../dev/pictures/svg";
import { terminalPicture } from "../../dev/pictures/terminal";
import { repositoryRoot } from "../../lib/programs/cache";

const picture = (name: string) => readFileSync(path.join(repositoryRoot, name), "utf8");

// If a picture differs as it should, run `npm run pictures` and look at it.
test.each(THEMES)("the pictures in %s colors show the review as it is", (theme) => {
  for (const width of WIDTHS) {
    expect(picture(pictureFile("comment", theme, width))).toBe(commentPicture(theme, width));
    expect(picture(pictureFile("report", theme, width))).toBe(reportPicture(theme, width));
  }
});

// Where it is not well-formed, a browser shows a broken image.
test("every picture is well-formed XML", () => {
  const folder = path.join(repositoryRoot, "docs", "pictures");
  const files = readdirSync(folder);
  expect(files.length).toBeGreaterThan(10);
  for (const file of files)
    expect([file, XMLValidator.validate(readFileSync(path.join(folder, file), "utf8"))]).toEqual([
      file,
      true,
    ]);
  expect(XMLValidator.validate("<p>a<wbr>b</p>")).not.toBe(true);
});

test("pictures load nothing, and quote what is typed", () => {
  const drawn = terminalPicture(["$ echo '<b>&'", "  <b>&"], "light");
  expect(drawn).toContain("&#60;b&#62;&#38;");
  for (const theme of THEMES)
    for (const text of [commentPicture(theme), reportPicture(theme), drawn])
      expect(text.replace("http://www.w3.org/2000/svg", "")).not.toMatch(/(?:href|src)="|url\(|<script/);
});
