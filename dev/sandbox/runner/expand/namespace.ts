import { parse } from "yaml";
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
/** With what an orb says about itself where it is published. */
const packedOrbSchema = inlineOrbSchema.extend({
  version: z.union([z.literal(2.1), z.literal("2.1")]),
  display: z.unknown().optional(),
  examples: z.unknown().optional(),
});

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

/** Text of packed orbs by the name with which a configuration refers to them, `acme/oidc@0.1.0`. */
export type PackedOrbs = ReadonlyMap<string, string>;

/**
 * The names of a configuration: its own, and those of its inline orbs, such as `tools/greet`
 * (CircleCI docs, "Author orbs", "Write inline orbs"). Of orbs of the registry, only those that are
 * given are run, and the one that assumes roles.
 * @throws ProjectError `config-not-run` for an inline or packed orb with anything else
 */
export function namespaceOf(
  parts: { readonly [K in Kind]?: z.infer<typeof bodies> } & {
    readonly orbs?: Readonly<Record<string, unknown>> | null | undefined;
  },
  packed: PackedOrbs = new Map(),
): Namespace {
  const orbs = Object.entries(parts.orbs ?? {});
  const roleOrbs = new Set(orbs.flatMap(([name, orb]) => (isUsableOrb(orb) ? [name] : [])));
  const inside = new Map(
    orbs.flatMap(([name, orb]) => {
      const text = typeof orb === "string" ? packed.get(orb) : undefined;
      if (text !== undefined)
        return [[name, orbIn(`packed orb "${name}"`, packedOrbSchema, parse(text), packed)] as const];
      if (typeof orb !== "object" || orb === null) return [];
      return [[name, orbIn(`inline orb "${name}"`, inlineOrbSchema, orb, packed)] as const];
    }),
  );
  const namespace: Namespace = {
    roleOrbs,
    find: (kind, name) => {
      const [, orb, rest] = /^([^/]+)\/(.+)$/.exec(name) ?? [];
      if (orb !== undefined && rest !== undefined) return inside.get(orb)?.find(kind, rest);
      const found = Object.hasOwn(parts[kind] ?? {}, name) ? parts[kind]?.[name] : undefined;
      if (found === undefined) return undefined;
      const { parameters = {}, ...rested } = found;
      return { parameters, body: rested, namespace };
    },
  };
  return namespace;
}

function orbIn(
  called: string,
  schema: z.ZodType<z.infer<typeof inlineOrbSchema>>,
  orb: unknown,
  packed: PackedOrbs,
): Namespace {
  const read = schema.safeParse(orb);
  if (!read.success) throw notRun(`the ${called}: ${z.prettifyError(read.error)}`);
  return namespaceOf(read.data, packed);
}
