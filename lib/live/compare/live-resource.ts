import { isEqual } from "../../plan/equal";

/** A resource of Terraform with those of its arguments that decide access. */
export interface LiveResource {
  readonly stack: string;
  readonly type: string;
  /** Its name in Terraform: the address without the type. */
  readonly name: string;
  /** By argument. An absent value is left out. */
  readonly values: Values;
}

export type Values = Readonly<Record<string, unknown>>;

/** Equal for the same resource, declared or found. */
export function keyOf({ stack, type, name }: LiveResource): string {
  return `${stack}/${type}.${name}`;
}

export function isAlike(one: LiveResource | undefined, other: LiveResource | undefined): boolean {
  return isEqual(one?.values ?? null, other?.values ?? null);
}
