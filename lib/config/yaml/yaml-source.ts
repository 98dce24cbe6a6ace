import { Composer, type Document, Parser } from "yaml";
import { findPosition, lineStartsOf } from "./line-position";
import type { Path, Problem, Reporter, Violation } from "./problem";
import { findTooDeep, maxNesting } from "./yaml-depth";
import { YamlPlaces } from "./yaml-places";
import { readTree } from "./yaml-tree";

/** A YAML text as plain values with their places, and its YAML problems. */
export interface YamlSource extends Reporter {
  /**
   * Plain values; `unreadable` replaces unsupported YAML. Undefined if the text is not valid YAML.
   */
  readonly root: unknown;
  /** Grows with every report. */
  readonly problems: readonly Problem[];
  /**
   * The source text at `path`, such as `0123`, not 123. Undefined for text values, maps and lists.
   */
  sourceOf(path: Path): string | undefined;
}

/**
 * Reads one YAML 1.2 document. Never throws and never resolves an alias, so the size of the tree is
 * bounded by the text. Everything except plain maps, lists and scalars is a problem. After a syntax
 * error nothing else is reported, because the tree would be a guess.
 * @param file the file's text, with or without a byte order mark
 */
export function readYaml(file: string): YamlSource {
  // A byte order mark would shift the columns of the first line by one.
  const text = file.startsWith("\uFEFF") ? file.slice(1) : file;
  const source = new LocatedYaml(text);
  const tokens = [...new Parser().parse(text)];
  const tooDeep = findTooDeep(tokens);
  if (tooDeep !== undefined) {
    source.report(tooDeep, [], {
      code: "yaml-too-deep",
      message: "maps and lists are nested too deeply",
      found: `more than ${maxNesting} levels`,
      allowed: `at most ${maxNesting} levels`,
      fix: "write the values out without nesting them",
    });
    return source;
  }
  const [document, second] = new Composer({
    keepSourceTokens: false,
    uniqueKeys: false,
    schema: "core",
  }).compose(tokens, true, text.length);
  if (document === undefined || reportSyntax(document, source)) return source;
  if (second !== undefined) {
    source.report(second.range[0], [], {
      code: "yaml-several-documents",
      message: "a second YAML document begins here",
      found: "---",
      allowed: "one document",
      fix: "put everything into one document and remove the `---` line",
    });
  }
  source.places = new YamlPlaces(document.contents);
  source.root = readTree(document.contents, source);
  return source;
}

/** True if the document has problems that make its tree unusable. */
function reportSyntax(document: Document, source: LocatedYaml): boolean {
  const version = document.directives?.yaml;
  const warnings = document.warnings.filter((warning) => warning.code !== "TAG_RESOLVE_FAILED");
  for (const error of [...document.errors, ...warnings]) {
    source.report(error.pos[0], [], {
      code: "yaml-syntax",
      message: `this is not valid YAML (${error.message})`,
      found: source.excerpt(error.pos[0]),
      allowed: "YAML 1.2",
      fix: "correct the indentation, brackets or quotes here or on the line before",
    });
  }
  if (version?.explicit === true && version.version !== "1.2") {
    // `on`, `no` and `012` have other meanings in YAML 1.1, and the checks assume 1.2.
    source.report(0, [], {
      code: "yaml-version",
      message: "the file requests another version of YAML",
      found: version.version,
      allowed: "1.2",
      fix: "remove the %YAML line",
    });
    return true;
  }
  return document.errors.length + warnings.length > 0;
}

class LocatedYaml implements YamlSource {
  root: unknown;
  readonly problems: Problem[] = [];
  places = new YamlPlaces(null);
  private readonly lineStarts: readonly number[];

  constructor(private readonly text: string) {
    this.lineStarts = lineStartsOf(text);
  }

  /** The rest of the line at an offset. */
  excerpt(offset: number): string {
    const rest = this.text.slice(offset, offset + 60).split(/[\r\n]/, 1)[0] ?? "";
    return rest === "" ? "the end of the line" : rest;
  }

  report(offset: number, path: Path, violation: Violation): void {
    const { line, column } = findPosition(this.lineStarts, Math.min(offset, this.text.length));
    this.problems.push({ ...violation, line, column, path: [...path] });
  }

  at(path: Path, violation: Violation): void {
    this.report(this.places.nearest(path).value, path, violation);
  }

  atKey(path: Path, violation: Violation): void {
    this.report(this.places.nearest(path).key, path, violation);
  }

  sourceOf(path: Path): string | undefined {
    return this.places.sourceOf(path);
  }
}
