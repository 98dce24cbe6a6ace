import type { Metafile } from "esbuild";

export interface BundleOptions {
  /** The repository. */
  readonly root: string;
  /** Source files, relative to the root. Each becomes `NAME.mjs`. */
  readonly entryPoints: readonly string[];
  readonly outdir: string;
  /**
   * Whether the result is published: it lies in a folder below the package, which has the files that
   * sources look for beside themselves. Default: it runs beside the sources of this clone.
   */
  readonly isPackage?: boolean;
  /** Whether other programs load it: CommonJS, `NAME.js`, without chunks. Default: a program. */
  readonly isLibrary?: boolean;
}

/**
 * Compiles programs into ES modules: one file each, and chunks for what several share or load when
 * it is used.
 * @throws what esbuild reports
 */
export function bundle(options: BundleOptions): Promise<Metafile>;
