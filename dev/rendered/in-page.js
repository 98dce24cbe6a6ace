// Runs in the page that it measures: reads the layout of each article, and changes nothing but
// folds.

const AA = 4.5;
const AA_LARGE = 3;
/** Points and weight of large text (WCAG 2.2, "large scale"): 18 pt, or 14 pt bold. */
const isLarge = ({ fontSize, fontWeight }) => {
  const pixels = Number.parseFloat(fontSize);
  return pixels >= 24 || (pixels >= 18.66 && Number(fontWeight) >= 700);
};

const brief = (text) => text.trim().replace(/\s+/g, " ").slice(0, 60);

/** Pixels around a word in code, at a line's end. */
const MARGIN = 16;

/** Faults of one article: `kind: what`. */
function faultsOf(article) {
  const all = [...article.querySelectorAll("*")];
  return [
    ...overflow(article),
    ...tables(article),
    ...blocks(article),
    ...cut(all),
    ...folds(article),
    ...images(article),
    ...headings(article),
    ...links(article),
    ...markup(article),
    ...contrast(article),
    ...brokenWords(article),
  ];
}

function overflow(article) {
  const by = article.scrollWidth - article.clientWidth;
  return by > 0 ? [`overflow: the page is ${by} px too wide`] : [];
}

function tables(article) {
  return [...article.querySelectorAll("table")].flatMap((table) => {
    const box = table.closest(".wide") ?? table;
    const by = box.scrollWidth - box.clientWidth;
    const header = brief(table.rows[0]?.innerText ?? "");
    const rows = [...table.rows].slice(1);
    const empty = [...(table.rows[0]?.cells ?? [])].filter((_, at) =>
      rows.every((row) => (row.cells[at]?.textContent ?? "").trim() === ""),
    );
    const marks = rows
      .flatMap((row) => [...row.cells])
      .filter(({ textContent: text }) => text.trim() !== "" && !/[\p{L}\p{N}]/u.test(text));
    const tall = Math.max(0, ...rows.map((row) => row.offsetHeight));
    return [
      ...(by > 0 ? [`wide-table: ${by} px hidden: ${header}`] : []),
      ...empty.map((cell) => `empty-column: ${brief(cell.textContent)} of ${header}`),
      ...marks.map((cell) => `mark-only: ${brief(cell.textContent)} of ${header}`),
      ...(tall > 320 ? [`tall-row: ${tall} px: ${header}`] : []),
    ];
  });
}

function blocks(article) {
  return [...article.querySelectorAll("pre")].flatMap((pre) => {
    const by = pre.scrollWidth - pre.clientWidth;
    if (by <= 0) return [];
    const longest = pre.textContent.split("\n").sort((one, other) => other.length - one.length)[0] ?? "";
    return [`scrolling-code: ${by} px hidden: ${brief(longest)}`];
  });
}

function cut(all) {
  return all.flatMap((element) => {
    const { overflowX, textOverflow } = getComputedStyle(element);
    const isCut = overflowX === "hidden" || overflowX === "clip" || textOverflow === "ellipsis";
    return isCut && element.scrollWidth > element.clientWidth ? [`cut: ${brief(element.textContent)}`] : [];
  });
}

/** All folds are open here: each shows what it holds. */
function folds(article) {
  return [...article.querySelectorAll("details")].flatMap((fold) => {
    const summary = fold.querySelector(":scope > summary");
    const title = brief(summary?.textContent ?? "");
    const height = fold.offsetHeight - (summary?.offsetHeight ?? 0);
    return [
      ...(title === "" || summary.offsetHeight === 0 ? ["fold: without a summary"] : []),
      ...(height < 12 ? [`fold: opens to nothing: ${title}`] : []),
    ];
  });
}

function images(article) {
  return [...article.querySelectorAll("img")]
    .filter(({ naturalWidth }) => naturalWidth === 0)
    .map(({ src }) => `image: ${src}`);
}

function headings(article) {
  const levels = [...article.querySelectorAll("h1, h2, h3, h4, h5, h6")];
  return levels.flatMap((heading, at) => {
    const before = levels[at - 1];
    const level = Number(heading.tagName[1]);
    const jumps = before !== undefined && level > Number(before.tagName[1]) + 1;
    return jumps ? [`heading: skips a level: ${brief(heading.textContent)}`] : [];
  });
}

function links(article) {
  return [...article.querySelectorAll("a")].flatMap((link) => {
    const href = link.getAttribute("href") ?? "";
    const leads =
      /^https:\/\/[\w.-]+\.\w+/.test(href) ||
      (href.startsWith("#") && document.getElementById(href.slice(1)) !== null);
    return leads ? [] : [`link: ${href}: ${brief(link.textContent)}`];
  });
}

function textsIn(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) if (walker.currentNode.data.trim() !== "") texts.push(walker.currentNode);
  return texts;
}

/** Outside of code, no text looks like Markdown or HTML. */
function markup(article) {
  return textsIn(article).flatMap((node) => {
    if (node.parentElement.closest("code, pre") !== null) return [];
    const [found] = /&(?:lt|gt|amp|#\d+);|\*\*|`|<\/?[a-z]|\|\s*-{3}|^#{1,6} |^\s*- /.exec(node.data) ?? [];
    return found === undefined ? [] : [`markup: ${found} in ${brief(node.data)}`];
  });
}

const rgba = (text) => {
  const [red = 0, green = 0, blue = 0, alpha = 1] = (text.match(/[\d.]+/g) ?? []).map(Number);
  return [red, green, blue, alpha];
};
const over = ([red, green, blue, alpha], below) =>
  [red, green, blue].map((part, at) => part * alpha + below[at] * (1 - alpha));
const luminance = (colour) => {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

function backgroundOf(element, known) {
  if (element === null) return [255, 255, 255];
  const found = known.get(element);
  if (found !== undefined) return found;
  const own = rgba(getComputedStyle(element).backgroundColor);
  const colour = own[3] === 1 ? own.slice(0, 3) : over(own, backgroundOf(element.parentElement, known));
  known.set(element, colour);
  return colour;
}

/** WCAG 2.2, success criterion 1.4.3. */
function contrast(article) {
  const known = new Map();
  const elements = new Set(textsIn(article).map((node) => node.parentElement));
  const low = new Map();
  for (const element of elements) {
    const style = getComputedStyle(element);
    const background = backgroundOf(element, known);
    const text = over(rgba(style.color), background);
    const [light, dark] = [luminance(text), luminance(background)].sort((one, other) => other - one);
    const ratio = (light + 0.05) / (dark + 0.05);
    if (ratio < (isLarge(style) ? AA_LARGE : AA)) low.set(`${style.color} ${ratio.toFixed(2)}`, element);
  }
  return [...low].map(([what, element]) => `contrast: ${what}: ${brief(element.textContent)}`);
}

/**
 * A word that is broken in its middle, in a table, a headline or a summary: in a table always,
 * elsewhere if it would fit on a line of its own.
 */
function brokenWords(article) {
  const range = document.createRange();
  return [...article.querySelectorAll("td, th, summary, h1, h2, h3, p:first-child")].flatMap((place) =>
    textsIn(place).flatMap((node) => {
      range.selectNodeContents(node);
      const lines = range.getClientRects();
      if (new Set([...lines].map(({ top }) => Math.round(top))).size < 2) return [];
      return [...node.data.matchAll(/[^\s\u00a0-]+/g)].flatMap(({ 0: word, index }) => {
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        const parts = [...range.getClientRects()];
        const width = parts.reduce((sum, part) => sum + part.width, 0);
        const fits = place.tagName === "TD" || place.tagName === "TH" || width + MARGIN < place.clientWidth;
        const tops = new Set(parts.map(({ top }) => Math.round(top)));
        return tops.size < 2 || !fits ? [] : [`broken-word: ${word} in ${place.tagName.toLowerCase()}`];
      });
    }),
  );
}

/** The faults of all articles, by their names. */
globalThis.measure = () => {
  for (const fold of document.querySelectorAll("details")) fold.open = true;
  const articles = [...document.querySelectorAll("article")];
  return articles.flatMap((article) => faultsOf(article).map((fault) => [article.dataset.name, fault]));
};

/** Shows one article; its height. */
globalThis.showOnly = (name, unfolded) => {
  for (const article of document.querySelectorAll("article"))
    article.style.display = article.dataset.name === name ? "" : "none";
  for (const fold of document.querySelectorAll(`article[data-name="${name}"] details`)) fold.open = unfolded;
  return document.documentElement.scrollHeight;
};
