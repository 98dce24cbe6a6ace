import { writeMoment } from "../../config/rules/moment";
import { git } from "../../project/git";
import type { ReportCommit } from "../model/since";
import { pullRequestIn } from "./pull-request";

/** Fields of one commit below; no commit's text can have the NUL between them. */
const FIELDS = ["%H", "%ct", "%an", "%B"];

/** What the report says of commits, by their hash. @param hashes full */
export async function commitsOf(
  top: string,
  hashes: Iterable<string>,
): Promise<ReadonlyMap<string, ReportCommit>> {
  const wanted = [...new Set(hashes)];
  const found = new Map<string, ReportCommit>();
  // So many fit into a command line everywhere.
  for (let at = 0; at < wanted.length; at += AT_ONCE) {
    const format = `--format=${FIELDS.join("%x00")}`;
    const options = ["--no-walk=unsorted", "-s", "-z", "--no-color", "--encoding=UTF-8", format];
    const text = await git(top, [
      ...["-c", "log.showSignature=false", "log", ...options],
      ...wanted.slice(at, at + AT_ONCE),
      "--",
    ]);
    const fields = text.split("\0");
    for (let field = 0; field + FIELDS.length <= fields.length; field += FIELDS.length) {
      const [hash = "", time = "", author = "", message = ""] = fields.slice(field, field + FIELDS.length);
      found.set(hash, commitOf(hash, Number(time), author, message));
    }
  }
  return found;
}

const AT_ONCE = 200;

function commitOf(hash: string, time: number, author: string, message: string): ReportCommit {
  const pullRequest = pullRequestIn(message);
  const [subject = ""] = message.split("\n");
  return {
    hash,
    date: writeMoment(time * 1_000),
    author,
    subject,
    ...(pullRequest === undefined ? {} : { pullRequest }),
  };
}
