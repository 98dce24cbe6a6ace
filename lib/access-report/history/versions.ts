import path from "node:path";
import { remembered } from "../../collections/remembered";
import type { ReadDocument } from "../../config/checks/documents";
import { parseAccess, type ValidAccess } from "../../config/load";
import { readBlobs } from "./blobs";
import { type BranchCommit, changesOfFile, changesOfFiles, type PathChange } from "./path-changes";

/** The file as it is after a commit. */
export interface FileVersion {
  readonly commit: BranchCommit;
  /** Its path below the top of the repository. */
  readonly path: string;
  readonly content: FileContent;
}

export type FileContent =
  | ({ readonly kind: "read" } & ReadVersion)
  /** The commit deleted it. */
  | { readonly kind: "absent" }
  /** Today's reader refuses it. `why` is its first problem: `unknown-person, line 7`. */
  | { readonly kind: "unreadable"; readonly why: string };

export interface ReadVersion extends ValidAccess {
  readonly bytes: Buffer;
  /** Policy files that it names, by the path that it gives. */
  readonly documents: ReadonlyMap<string, Buffer>;
}

/** As of access.yaml in the work tree, and of a policy file. */
const MAX_BYTES = 5 * 1024 * 1024;
const MAX_DOCUMENT_BYTES = 256 * 1024;
/** So many versions are read at once. */
const CHUNK = 32;

/** The versions of access.yaml on a branch, with the policy files that each names. */
export class FileHistory {
  readonly #positions: ReadonlyMap<string, number>;
  readonly #documents = new Map<string, readonly PathChange[]>();
  readonly #read = new Map<string, FileContent>();

  private constructor(
    private readonly top: string,
    /** By first parents, newest first; at least one. */
    readonly commits: readonly BranchCommit[],
    /** Of access.yaml, newest first. Empty: no commit has it. */
    readonly changes: readonly PathChange[],
  ) {
    this.#positions = new Map(commits.map(({ hash }, index) => [hash, index]));
  }

  /** @param file its path below the top */
  static async open(top: string, commits: readonly BranchCommit[], file: string): Promise<FileHistory> {
    const [newest] = commits;
    if (newest === undefined) throw new Error("a branch without a commit");
    return new FileHistory(top, commits, await changesOfFile(top, newest.hash, file));
  }

  /**
   * The versions since a commit and before, the newest first: one for each commit that changed the
   * file or a policy file that it names. Each is read when it is asked for.
   * @param from position of the commit in `commits`
   */
  async *versions(from: number): AsyncGenerator<FileVersion> {
    let newer = from;
    const older = this.changes.filter(({ hash }) => this.#position(hash) >= from);
    for (let at = 0; at < older.length; at++) {
      if (at % CHUNK === 0) await this.#load(older.slice(at, at + CHUNK).flatMap(({ blob }) => blob ?? []));
      const change = older[at];
      if (change === undefined) continue;
      const own = this.#position(change.hash);
      const names = namesIn(this.#bytes(change.blob));
      const changes = await this.#documentChanges(names.map((name) => besides(change.path, name)));
      const between = changes
        .map((one) => this.#position(one.hash))
        .filter((one) => one >= newer && one < own);
      for (const position of [...new Set(between)].sort((one, other) => one - other).concat(own)) {
        const commit = this.commits[position];
        if (commit === undefined) continue;
        const content = await this.#contentOf(change, names, position);
        yield { commit, path: change.path, content };
      }
      newer = own + 1;
    }
  }

  /** The version that the branch had at a commit. Undefined: the file did not exist. */
  async versionAt(from: number): Promise<FileVersion | undefined> {
    for await (const version of this.versions(from))
      return version.content.kind === "absent" ? undefined : version;
    return undefined;
  }

  /** The commit that changed access.yaml last, at a position of `commits`. */
  lastChange(from: number): string | undefined {
    return this.changes.find(({ hash }) => this.#position(hash) >= from)?.hash;
  }

  /**
   * The same of a policy file that a version that was read names.
   * @param file its path below the top
   */
  lastDocumentChange(file: string, from: number): string | undefined {
    const last = this.#documents.get(file)?.find(({ hash }) => this.#position(hash) >= from);
    return last?.blob === undefined ? undefined : last.hash;
  }

  #position(hash: string): number {
    return this.#positions.get(hash) ?? Number.POSITIVE_INFINITY;
  }

  readonly #blobs = new Map<string, Buffer>();

  async #load(ids: readonly string[]): Promise<void> {
    const missing = ids.filter((id) => !this.#blobs.has(id));
    for (const [id, bytes] of await readBlobs(this.top, missing)) this.#blobs.set(id, bytes);
  }

  #bytes(blob: string | undefined): Buffer | undefined {
    return blob === undefined ? undefined : this.#blobs.get(blob);
  }

  /** Of files that versions name; each is asked of git once. */
  async #documentChanges(files: readonly string[]): Promise<readonly PathChange[]> {
    const [newest] = this.commits;
    const asked = files.filter((file) => !this.#documents.has(file));
    if (asked.length > 0 && newest !== undefined) {
      const changes = await changesOfFiles(this.top, newest.hash, asked);
      for (const file of asked)
        this.#documents.set(
          file,
          changes.filter((one) => one.path === file),
        );
    }
    return files.flatMap((file) => this.#documents.get(file) ?? []);
  }

  async #contentOf(
    { blob, path: file }: PathChange,
    names: readonly string[],
    position: number,
  ): Promise<FileContent> {
    if (blob === undefined) return { kind: "absent" };
    const documents = names.map((name) => {
      const changes = this.#documents.get(besides(file, name)) ?? [];
      return [name, changes.find(({ hash }) => this.#position(hash) >= position)?.blob] as const;
    });
    await this.#load(documents.flatMap(([, id]) => id ?? []));
    return remembered(this.#read, [blob, ...documents.flat()].join(" "), () =>
      readVersion(
        this.#bytes(blob),
        new Map(
          documents.flatMap(([name, id]) => {
            const bytes = this.#bytes(id);
            return bytes === undefined ? [] : [[name, bytes] as const];
          }),
        ),
      ),
    );
  }
}

function besides(file: string, name: string): string {
  return path.posix.join(path.posix.dirname(file), name);
}

/** The policy files that a version names, valid or not. */
function namesIn(bytes: Buffer | undefined): readonly string[] {
  const text = bytes === undefined || bytes.length > MAX_BYTES ? undefined : textOf(bytes);
  // Most files name none, and reading takes most of the time.
  if (text === undefined || !/\b(trust|inlinePolicies)\b/.test(text)) return [];
  const names = new Set<string>();
  parseAccess(text, [], (name) => {
    names.add(name);
    return { text: "" };
  });
  return [...names].sort();
}

/**
 * By today's reader, without the checks of written policies: what does not fit AWS granted all the
 * same.
 */
function readVersion(bytes: Buffer | undefined, documents: ReadonlyMap<string, Buffer>): FileContent {
  if (bytes === undefined) return { kind: "unreadable", why: "its contents are not in this clone" };
  if (bytes.length > MAX_BYTES) return { kind: "unreadable", why: "access-file-too-large" };
  const text = textOf(bytes);
  if (text === undefined) return { kind: "unreadable", why: "access-file-not-utf8" };
  const result = parseAccess(text, [], documentsFrom(documents));
  if (!("problems" in result)) return { kind: "read", ...result, bytes, documents };
  const [first] = result.problems;
  return { kind: "unreadable", why: first === undefined ? "unknown" : `${first.code}, line ${first.line}` };
}

function documentsFrom(documents: ReadonlyMap<string, Buffer>): ReadDocument {
  return (name) => {
    const bytes = documents.get(name);
    const text = bytes === undefined || bytes.length > MAX_DOCUMENT_BYTES ? undefined : textOf(bytes);
    if (text !== undefined) return { text };
    return {
      violation: {
        code: bytes === undefined ? "document-missing" : "document-unreadable",
        message: "the policy file is not in the commit, or is not a text of this size",
        found: name,
        allowed: "a file below the folder of access.yaml",
        fix: "commit the file",
      },
    };
  };
}

function textOf(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
