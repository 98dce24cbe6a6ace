/** A part of a plan: changed resources, drift, deferred changes and actions. */
export interface Piece {
  readonly name: string;
  readonly resources?: readonly PlannedObject[];
  readonly drift?: readonly PlannedObject[];
  readonly deferred?: readonly PlannedObject[];
  readonly invoked?: readonly object[];
  readonly deferredInvoked?: readonly object[];
}

export interface PlannedObject {
  readonly type: string;
  /** Undefined: derived from before and after. */
  readonly actions?: readonly string[];
  readonly before: object | null;
  readonly after: object | null;
  readonly unknown?: object;
  readonly mode?: "data" | "ephemeral";
  /** Key of the provider configuration. Default: `aws`. */
  readonly provider?: string;
  readonly provisioners?: readonly string[];
  /** The plan has it twice. */
  readonly isTwice?: true;
}

export const ACCOUNT = "123456789012";
export const OTHER_ACCOUNT = "999999999999";

/** An identity policy that allows an action on all resources, as Terraform stores it. */
export function allowing(action: string, more: object = {}): string {
  return policy({ Effect: "Allow", Action: action, Resource: "*", ...more });
}

/** A resource policy that allows a principal. */
export function letting(principal: unknown, action: string, resource = "*"): string {
  return policy({ Effect: "Allow", Principal: principal, Action: action, Resource: resource });
}

export function policy(...statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

export function roleArn(name: string): string {
  return `arn:aws:iam::${ACCOUNT}:role/${name}`;
}

export function creating(type: string, after: object): Piece {
  return { name: `${type} created`, resources: [{ type, before: null, after }] };
}

export function updating(type: string, before: object, after: object): Piece {
  return { name: `${type} updated`, resources: [{ type, before, after }] };
}

export function destroying(type: string, before: object): Piece {
  return { name: `${type} destroyed`, resources: [{ type, before, after: null }] };
}
