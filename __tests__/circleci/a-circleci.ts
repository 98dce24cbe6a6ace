import { type CircleCI, type CircleOptions, connectCircleCI } from "../../lib/circleci/api/circleci";
import { readCircleToken } from "../../lib/circleci/api/token";
import { type CirclePipeline, type CircleProject, CircleState, type FakeCircleCI } from "./api-server";

export const TOKEN = "CCIPAT_alice_0123456789abcdef";
export const ORGANIZATION = "6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11";
export const PROJECT = "77c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f03";
export const ALICE = "0b6ad1c5-93a4-4a39-8f3f-2d1f2f0c7a01";
export const BOB = "91d0a1f7-6c0b-4d3e-9a5c-6f1e8d2b3c02";
export const CAROL = "5d3c7c11-2a0e-4a67-b6a9-0f8f6a4b7c03";
export const MALLORY = "c0ffee00-1111-4222-8333-444455556666";
export const REPOSITORY = "https://github.com/acme/website";

/** A pipeline whose number in the list is its id. */
export function pipeline(
  number: number,
  actor: string | null,
  startedBy: readonly string[],
  origin?: string | null,
): CirclePipeline {
  const id = `11111111-2222-4333-8444-${String(number).padStart(12, "0")}`;
  return { id, actor, startedBy, ...(origin === undefined ? {} : { origin }) };
}

/**
 * Acme's website, on which alice and bob work; mallory has sent a pull request from a fork. The
 * token is alice's.
 */
export function acme(project: Partial<CircleProject> = {}): CircleState {
  const state = new CircleState();
  state.tokens = { [TOKEN]: ALICE };
  state.users = [
    { id: ALICE, login: "alice", name: "Alice Liddell" },
    { id: BOB, login: "bob", name: "" },
    { id: CAROL, login: "carol", name: "Carol" },
    { id: MALLORY, login: "mallory", name: "Bob" },
  ];
  state.projects = [
    {
      slug: "gh/acme/website",
      id: PROJECT,
      name: "website",
      organization: { id: ORGANIZATION, name: "acme" },
      repository: REPOSITORY,
      pipelines: [
        pipeline(4, "mallory", [MALLORY], "https://github.com/mallory/website"),
        pipeline(3, "bob", [BOB]),
        pipeline(2, "alice", [ALICE]),
        pipeline(1, "bob", [BOB]),
      ],
      ...project,
    },
  ];
  return state;
}

/** A client of a fake, with waits and patience of milliseconds. */
export async function clientOf(
  fake: FakeCircleCI,
  { token = TOKEN, ...options }: CircleOptions & { readonly token?: string } = {},
): Promise<CircleCI> {
  return connectCircleCI(
    await readCircleToken({ CIRCLE_TOKEN: token }),
    { CIRCLE_URL: fake.url },
    { firstMs: 1, ...options },
  );
}
