import { z } from "zod";
import { folderPattern, folderRule, lineOfTextPattern, lineOfTextRule } from "../rules/pipeline";
import { list, namedMap, strictMap, text } from "./schema-parts";

export const defaultPublish = "public";

const upload = strictMap(
  {
    folder: text(folderRule, "a folder of the checkout", {
      description: `The folder that is uploaded. Default: \`${defaultPublish}\`.`,
      pattern: folderPattern,
    }).optional(),
    prefix: z
      .literal("branch", { error: "branch" })
      .meta({
        description:
          "`branch`: files are uploaded below the branch's name, those of a tag below `.tags/` and its name, and the job prints their address. This separates previews; it does not protect them: IAM cannot restrict a role session to a branch. Default: the top of the bucket.",
      })
      .optional(),
    delete: z
      .boolean({ error: "true or false" })
      .meta({
        description:
          "`true`: objects that are not in the folder are deleted from the bucket, or, with `prefix`, from below that prefix.",
        default: false,
      })
      .optional(),
    exclude: list(
      text(lineOfTextRule("a pattern"), "a pattern of files", {
        description: "A pattern of files for `aws s3 sync --exclude`, such as `*.map`.",
        pattern: lineOfTextPattern,
      }),
      'a list of patterns, such as ["*.map"]',
    )
      .meta({ description: "Files that are not uploaded and not deleted." })
      .optional(),
    cache: namedMap(
      text(lineOfTextRule("a Cache-Control header"), "a Cache-Control header", {
        description:
          "The `Cache-Control` header of these files, such as `public, max-age=31536000, immutable`.",
        pattern: lineOfTextPattern,
      }),
      "a map from pattern to Cache-Control",
      {
        description:
          "`Cache-Control` by a pattern of files, such as `assets/*`. The first pattern that matches a file is used.",
      },
    ).optional(),
  },
  "an upload",
);

/** The upload to a role's bucket: a folder, or a map with options. */
export const publish = z
  .union(
    [
      text(folderRule, "a folder of the checkout", {
        description: "The folder that is uploaded.",
        pattern: folderPattern,
      }),
      upload,
    ],
    { error: "a folder of the checkout, or a map with folder, prefix, delete, exclude and cache" },
  )
  .meta({
    description: `The upload to the role's bucket: a folder, or a map with its options. Default: \`${defaultPublish}\`.`,
  })
  .optional();
