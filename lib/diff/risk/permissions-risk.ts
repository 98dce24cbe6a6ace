import { listPhrases } from "../../describe/list";
import { describeStatement, widestFirst } from "../../describe/permission";
import { type Phrase, quoted } from "../../describe/phrase";
import { describePermissionRisk } from "../../describe/risk";
import type { ActionCatalogue } from "../../iam/data/action-details";
import type { PermissionSource, Permissions } from "../../iam/prove/requests/compare-permissions";
import { riskBetween } from "../../iam/risk/permission-risks";
import { addedStatements } from "../requests/policy-pieces";
import { readable } from "../requests/required-of-gains";
import type { DescribedRisk } from "./described-risk";

/** So many statements are named; the rest is counted. */
const SHOWN = 3;

/**
 * The risk of what permissions gain: the most serious class that the engine finds; undetermined, if
 * there is none and a policy with unknown contents comes in; else the statements that are new.
 * @param before undefined: nothing was allowed
 * @param actions says what wildcards are, and has the types of the resources that are shown
 */
export function permissionsRisk(
  before: Permissions | undefined,
  after: Permissions,
  actions?: ActionCatalogue,
): DescribedRisk {
  const risk = riskBetween(before, after, actions);
  if (risk !== undefined) return { class: risk.class, extent: describePermissionRisk(risk) };
  const unknown = unknownNames(after).filter(
    (name) => before === undefined || !unknownNames(before).includes(name),
  );
  if (unknown.length > 0)
    return {
      class: "undetermined",
      extent: listPhrases(
        unknown.map((name) => [quoted(name)]),
        { most: SHOWN },
      ),
    };
  const extent = newStatements(before, after, actions);
  return { class: "new-actions", ...(extent.length === 0 ? {} : { extent }) };
}

function unknownNames({ identity }: Permissions): readonly string[] {
  return identity.flatMap((source) => (source.kind === "opaque" ? [source.name] : []));
}

function newStatements(
  before: Permissions | undefined,
  after: Permissions,
  actions: ActionCatalogue | undefined,
): Phrase {
  const statementsOf = (sources: readonly PermissionSource[]) =>
    readable(sources).flatMap(({ statements }) => statements);
  const added = addedStatements(statementsOf(before?.identity ?? []), statementsOf(after.identity));
  return listPhrases(
    widestFirst(added).map((one) => describeStatement(one, actions)),
    { most: SHOWN },
  );
}
