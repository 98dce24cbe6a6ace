import { z } from "zod";
import { isUsableOrb } from "../../../../lib/circleci/job/orb";
import { notRun } from "../not-run";
import { type Parameter, parameterSchema } from "./parameters";

const body = z.looseObject({ parameters: z.record(z.string(), parameterSchema).optional() });
const bodies = z.record(z.string(), body).nullish();

/** What a configuration defines, and an inline orb alike. */
export const namespaceShape = {
  orbs: z.record(z.string(), z.unknown()).nullish(),
  commands: bodies,
  executors: bodies,
  jobs: bodies,
};
const inlineOrbSchema = z.strictObject({ ...namespaceShape, description: z.string().optional() });

type Kind = "commands" | "executors" | "jobs";

/** A job, command or executor, with the names that it may use itself. */
export interface Definition {
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly body: Readonly<Record<string, unknown>>;
  readonly namespace: Namespace;
}

export interface Namespace {
  /** Undefined: nothing of this kind has the name. */
  readonly find: (kind: Kind, name: string) => Definition | undefined;
  /** Names of the orb that assumes roles. */
  readonly roleOrbs: ReadonlySet<string>;
}

/**
 * The names of a configuration: its own, and those of its inline orbs, such as `tools/greet` (CircleCI
 * docs, "Author orbs", "Write inline orbs"). Orbs of the registry are not run, except for the one that
 * assumes roles.
 * @throws ProjectError `config-not-run` for an inline orb with anything else
 */
export function namespaceOf(
  parts: { readonly [K in Kind]?: z.infer<typeof bodies> } & {
    readonly orbs?: Readonly<Record<string, unknown>> | null | undefined;
  },
): Namespace {
  const orbs = Object.entries(parts.orbs ?? {});
  const roleOrbs = new Set(orbs.flatMap(([name, orb]) => (isUsableOrb(orb) ? [name] : [])));
  const inline = new Map(
    orbs.flatMap(([name, orb]) =>
      typeof orb === "object" && orb !== null ? [[name, inlineOrb(name, orb)] as const] : [],
    ),
  );
  const namespace: Namespace = {
    roleOrbs,
    find: (kind, name) => {
      const [, orb, rest] = /^([^/]+)\/(.+)$/.exec(name) ?? [];
      if (orb !== undefined && rest !== undefined) return inline.get(orb)?.find(kind, rest);
      const found = Object.hasOwn(parts[kind] ?? {}, name) ? parts[kind]?.[name] : undefined;
      if (found === undefined) return undefined;
      const { parameters = {}, ...rested } = found;
      return { parameters, body: rested, namespace };
    },
  };
  return namespace;
}

function inlineOrb(name: string, orb: object): Namespace {
  const read = inlineOrbSchema.safeParse(orb);
  if (!read.success) throw notRun(`the inline orb "${name}": ${z.prettifyError(read.error)}`);
  return namespaceOf(read.data);
}
