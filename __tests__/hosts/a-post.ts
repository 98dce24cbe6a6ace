import type { PostOptions } from "../../lib/hosts/post-comment";
import { HEAD } from "./fakes/all-hosts";

/** The report of one run, which is posted at the head of the pull request. */
export const OPTIONS: PostOptions = {
  key: "website",
  commit: HEAD,
  run: 5,
  body: "text",
  hasChanges: true,
  onNoChanges: "update",
  old: "update",
};
