import type { Role } from "../config/model/model";
import type { Upload } from "../config/model/pipeline-model";
import { run, type Step } from "./job/job";
import { quoted } from "./job/shell-word";

/**
 * The branch, else `.tags/` and the tag, inside double quotes of bash. A part of a ref's name
 * cannot begin with a dot (`git check-ref-format`), so a tag never has the prefix of a branch.
 * Without either the command fails, because `--delete` would empty the bucket.
 */
const REF_PREFIX = "${CIRCLE_BRANCH:-.tags/${CIRCLE_TAG:?}}";

/**
 * The steps that upload a folder to the role's bucket with `aws s3 sync` (AWS CLI Command
 * Reference, `s3 sync`). Files with a `Cache-Control` of their own go first, a pattern at a time:
 * what is uploaded by then is left alone by the last command, which deletes what is to be deleted.
 * @returns nothing for a role without a bucket
 */
export function uploadSteps(
  { bucket }: Pick<Role, "bucket">,
  folder: string,
  upload: Upload | undefined,
): readonly Step[] {
  if (bucket === undefined) return [];
  const { prefix, cache = [], exclude = [], delete: deletes = false } = upload ?? {};
  const to = prefix === undefined ? `s3://${bucket.name}` : `"s3://${bucket.name}/${REF_PREFIX}/"`;
  const address = prefix === undefined ? [] : [run("Print the address", `echo ${to}`)];
  const left = exclude.map((pattern) => ` --exclude ${quoted(pattern)}`).join("");
  const cached = cache.map(({ files, control }, index) => {
    // Filters that come later win: everything out, the pattern in, earlier patterns out again.
    const earlier = cache.slice(0, index).map((one) => ` --exclude ${quoted(one.files)}`);
    const filters = ` --exclude "*" --include ${quoted(files)}${earlier.join("")}${left}`;
    return run(
      `Upload ${files} of ${folder}`,
      `aws s3 sync ${folder} ${to}${filters} --cache-control ${quoted(control)}`,
    );
  });
  const rest = cache.map(({ files }) => ` --exclude ${quoted(files)}`).join("");
  const sync = `aws s3 sync ${folder} ${to}`;
  if (!deletes) return [...cached, run(`Upload ${folder}`, `${sync}${left}${rest}`), ...address];
  return [
    ...cached,
    // Of unchanged files only the deletion is left, so the patterns are not excluded here.
    run(`Upload ${folder}, and delete what it does not have`, `${sync}${left} --delete`),
    ...address,
  ];
}
