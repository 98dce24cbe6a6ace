import { cellCode } from "./cell-code";

/** The address of a resource or of one of its attributes: its modules, its type, and the rest. */
const ADDRESS = /^(module\..+?\.)?((?:data\.)?[a-z0-9]+_[a-z0-9_]+)(\.[\w-]+(?:\[.*\])?(?:\.\w+)*)$/s;
/** A shorter type is read as one word, except as the last resort. */
const WHOLE_TYPE = 20;
/**
 * The account of an ARN and what is before it, then its resource (AWS, "Amazon Resource Names").
 */
const ARN = /^(arn:[a-z-]*:[a-z0-9-]*:[a-z0-9-]*:\d*:)(\S+)$/;
/** ARNs are broken only in a table that would not fit otherwise: people copy them. */
const WHOLE_ARN = 44;
/** An action: its service, then its name (Service Authorization Reference). */
const ACTION = /^([a-z0-9-]+:)([A-Z][A-Za-z0-9]+)$/;
/** A shorter action is read as one word, and a longer one is broken only as the last resort. */
const WHOLE_ACTION = 28;
const MODULE = /module\.[\w-]+(?:\[.*?\])?\./gs;

/**
 * A long address, ARN or action in code spans between which a line may break: within one it cannot,
 * as it has no blanks.
 * @param longest characters of one span, as far as the text has places to break
 */
export function brokenCode(text: string, longest: number): string {
  return piecesOf(text, longest).map(cellCode).join(" ");
}

/**
 * The pieces of a text that are a code span each: one, unless it is a long address, ARN or action.
 */
export function piecesOf(text: string, longest: number): readonly string[] {
  if (text.length <= longest) return [text];
  const [, account = "", resource = ""] = longest < WHOLE_ARN ? (ARN.exec(text) ?? []) : [];
  if (account !== "") return packed([account, ...resource.split(/(?<=[/:])/)], longest);
  const [, service = "", name = ""] = longest < WHOLE_TYPE ? (ACTION.exec(text) ?? []) : [];
  if (service !== "" && text.length > WHOLE_ACTION) return [service, name];
  const [, modules = "", type = "", rest = ""] = ADDRESS.exec(text) ?? [];
  if (type === "") return [text];
  return [...modulesIn(modules, longest), ...resourceIn(type, rest, longest)];
}

function modulesIn(modules: string, longest: number): readonly string[] {
  const steps = modules.match(MODULE) ?? [];
  // A key of a module may itself look like one.
  return steps.join("") === modules ? packed(steps, longest) : [modules];
}

function resourceIn(type: string, rest: string, longest: number): readonly string[] {
  if (type.length + rest.length <= longest) return [type + rest];
  const words = type.length > Math.min(WHOLE_TYPE, longest) ? (type.match(/[^_]*_|[^_]+/g) ?? []) : [type];
  return [...packed(words, longest), rest];
}

/** Neighbours together, as many as are not too long. */
function packed(texts: readonly string[], longest: number): readonly string[] {
  const all: string[] = [];
  for (const text of texts) {
    const last = all.at(-1);
    if (last === undefined || last.length + text.length > longest) all.push(text);
    else all[all.length - 1] = last + text;
  }
  return all;
}
