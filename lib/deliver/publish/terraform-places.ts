import path from "node:path";
import { remembered } from "../../collections/remembered";
import { parseAddress, withoutKey } from "../../plan/address";
import type { Place, PlaceOf } from "../../report/sarif/review-sarif";
import { type Declarations, declarationsIn } from "./declarations";

/**
 * Finds the lines of Terraform files at which resources are declared: `cdk.tf.json` of a stack, or
 * the `.tf` files of its folder. The plan has neither. A resource of a module has its line in the
 * module's files if these are in the repository, else that of the module's block. One that is not
 * found has the stack's file, and a stack without files the file that is given.
 * @param folderOf where a stack's files are; undefined: not known
 * @param root what paths are relative to
 */
export function terraformPlaces(
  folderOf: (stack: string) => string | undefined,
  root: string,
  otherwise: string,
): PlaceOf {
  const known = new Map<string, Declarations>();
  const declared = (folder: string) => remembered(known, folder, () => declarationsIn(folder, root));
  return (stack, address) => {
    const folder = folderOf(stack);
    if (folder === undefined) return { file: otherwise, line: 1 };
    const place = address === undefined ? undefined : placeIn(folder, address, root, declared);
    return place ?? { file: declared(folder).first ?? otherwise, line: 1 };
  };
}

function placeIn(
  folder: string,
  address: string,
  root: string,
  declared: (folder: string) => Declarations,
): Place | undefined {
  const { modules, name } = parseAddress(address);
  let [own, block]: [string, Place | undefined] = [folder, undefined];
  for (const step of modules) {
    const module = withoutKey(step);
    const { places, sources } = declared(own);
    block = places.get(module) ?? block;
    const source = sources.get(module);
    const next = source === undefined ? undefined : path.resolve(own, source);
    // Modules of a registry, and those outside of the repository, are not in the pull request.
    if (next === undefined || isOutside(root, next)) return block;
    own = next;
  }
  return declared(own).places.get(name) ?? block;
}

function isOutside(root: string, folder: string): boolean {
  const relative = path.relative(root, folder);
  return relative.startsWith("..") || path.isAbsolute(relative);
}
