import type { Periods } from "./period";
import type { RefPattern } from "./ref-pattern";

export interface Person {
  readonly name: string;
  /** CircleCI's user UUID, lower case, 36 characters. */
  readonly id: string;
}

/** The tokens that may assume a role, independent of any policy. */
export interface Grant {
  readonly organization: string;
  /** The host of the CircleCI Server that signs the tokens. Undefined: CircleCI's cloud. */
  readonly server?: string;
  readonly audience: string;
  readonly project: string;
  readonly repository: string;
  readonly people: GrantedPeople;
  readonly refs: GrantedRefs;
}

/**
 * `everyone` means everyone who can start a pipeline of the project. `members` is sorted by name,
 * without duplicates and never empty.
 */
export type GrantedPeople =
  | {
      readonly kind: "everyone";
      /** When they may assume the role. Undefined: always. */
      readonly periods?: Periods;
    }
  | { readonly kind: "listed"; readonly members: readonly GrantedPerson[] };

export interface GrantedPerson extends Person {
  /** When the person may assume the role: never empty. Undefined: always. */
  readonly periods?: Periods;
}

/**
 * `any` means every ref of the project's repository; a list has at least one branch or tag. Only V2
 * tokens are granted, unless `tokensWithoutOrigin` is true.
 */
export type GrantedRefs =
  | {
      readonly kind: "any";
      /**
       * Whether tokens without origin and ref are granted too: V1 tokens, and both tokens of a job
       * that a custom webhook started. Every job has a V1 token, even one that runs a fork's code.
       */
      readonly tokensWithoutOrigin: boolean;
    }
  | {
      readonly kind: "listed";
      readonly branches: readonly RefPattern[];
      readonly tags: readonly RefPattern[];
    };
