import { type Call, unexpected } from "./failure";
import type { Comment, CommentHost } from "./host";
import { type HostClient, MOST_PAGES } from "./host-client";

/**
 * Everything on all pages of a list of comments, oldest first.
 * @param read one page: what it has of interest, and the address of the next page
 * @throws HostFailure `review-host-unexpected` where every page names a next one
 */
export async function allPages<T extends { readonly id: number }>(
  first: string,
  call: Call,
  read: (address: string) => Promise<{ readonly found: readonly T[]; readonly next: string | undefined }>,
): Promise<readonly T[]> {
  const all: T[] = [];
  let address = first;
  for (let page = 1; page <= MOST_PAGES; page++) {
    const { found, next } = await read(address);
    all.push(...found);
    if (next === undefined) return all.sort((one, other) => one.id - other.id);
    address = next;
  }
  throw unexpected(`more than ${MOST_PAGES} pages`, call);
}

/**
 * Creates, updates and deletes the comments of a REST collection, which cannot be hidden there.
 * @param collection its address, without a slash at the end
 * @param noun what the host calls a comment
 * @param write sends a text, and reads the comment that the host answers with
 */
export function commentsIn(
  collection: string,
  noun: string,
  client: HostClient,
  call: (task: string) => Call,
  write: (method: "post" | "put", address: string, body: string, call: Call) => Promise<Comment>,
): Pick<CommentHost, "create" | "update" | "delete" | "hide"> {
  return {
    create: (body) => write("post", collection, body, call(`create the ${noun}`)),
    update: ({ id }, body) => write("put", `${collection}/${id}`, body, call(`update the ${noun}`)),
    delete: async ({ id }) => {
      await client.write("delete", `${collection}/${id}`, undefined, call(`delete a ${noun}`));
    },
    hide: undefined,
  };
}
