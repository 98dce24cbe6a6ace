import type { Json, JsonObject } from "../../iam/language/json";
import { hasMark, type Marks, markAt } from "../../plan/sensitive/marks";

/** A resource of a plan or a state, with its unknown and sensitive marks. */
export interface Resource {
  readonly address: string;
  readonly type: string;
  readonly values: JsonObject;
  readonly unknown: Marks;
  readonly sensitive: Marks;
}

/** One argument of a resource. */
interface Attribute {
  /** Undefined: missing, or known only after apply. */
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
