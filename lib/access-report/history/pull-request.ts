/**
 * The pull request or merge request that a commit's message names, as its host writes it. The
 * number is what the message says: anyone who writes a message can name any.
 * @returns `#12`, or `!12` of GitLab. Undefined: it names none
 */
export function pullRequestIn(message: string): string | undefined {
  const [subject = ""] = message.split("\n");
  for (const pattern of SUBJECTS) {
    const [, number] = pattern.exec(subject) ?? [];
    if (number !== undefined) return `#${number}`;
  }
  const [, gitlab] = /^See merge request (?:[\w./-]+)?!(\d{1,9})$/m.exec(message) ?? [];
  return gitlab === undefined ? undefined : `!${gitlab}`;
}

const SUBJECTS = [
  // GitHub, and Bitbucket Server before version 5.
  /^Merge pull request #(\d{1,9}) (?:from|in) /,
  // Bitbucket Cloud.
  /^Merged in .* \(pull request #(\d{1,9})\)$/,
  // Bitbucket Server.
  /^Pull request #(\d{1,9}): /,
  // GitHub and Bitbucket Cloud, of a squash.
  /\((?:pull request )?#(\d{1,9})\)$/,
];
