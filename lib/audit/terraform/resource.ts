import type { Json, JsonObject } from "../../iam/language/json";
import { hasMark, type Marks, markAt } from "../../plan/sensitive/marks";

/** A resource as a plan or a state tells of it, with what it marks as unknown and as sensitive. */
export interface Resource {
  readonly address: string;
  readonly type: string;
  readonly values: JsonObject;
  readonly unknown: Marks;
  readonly sensitive: Marks;
}

/** One argument of a resource. */
export interface Attribute {
  /** Undefined: there is none, or it is known only after apply. */
  readonly value: Json | undefined;
  readonly isUnknown: boolean;
  readonly isSensitive: boolean;
}

export function attributeOf({ values, unknown, sensitive }: Resource, name: string): Attribute {
  const value = Object.hasOwn(values, name) ? values[name] : undefined;
  return {
    value,
    isUnknown: hasMark(markAt(unknown, name)),
    isSensitive: hasMark(markAt(sensitive, name)),
  };
}

export function ofType(resources: readonly Resource[], type: string): readonly Resource[] {
  return resources.filter((one) => one.type === type);
}
