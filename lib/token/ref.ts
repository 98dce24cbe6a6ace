/** The ref that a token names, by what people call it. */
export interface GitRef {
  /** `other`: neither a branch nor a tag, such as `refs/pull/1/head`; its name is the whole ref. */
  readonly kind: "branch" | "tag" | "other";
  readonly name: string;
}

const FOLDERS = { branch: "refs/heads/", tag: "refs/tags/" } as const;

/** A ref as tokens name it, such as `refs/heads/main`. `readRef` undoes it. */
export function fullRef({ kind, name }: GitRef): string {
  return kind === "other" ? name : `${FOLDERS[kind]}${name}`;
}

/** @param ref as tokens name it, such as `refs/heads/main`, or a pattern of such refs */
export function readRef(ref: string): GitRef {
  for (const kind of ["branch", "tag"] as const)
    if (ref.startsWith(FOLDERS[kind]) && ref !== FOLDERS[kind])
      return { kind, name: ref.slice(FOLDERS[kind].length) };
  return { kind: "other", name: ref };
}
