import { type Phrase, quoted } from "../../../describe/phrase";
import { WELL_KNOWN } from "../../../iam/data/managed-policies";
import type { PlanContext } from "../../context/plan-context";
import type { EffectivePolicies } from "../../permissions/effective-policies";

/**
 * Of which day the contents of AWS managed policies are, if one is attached, detached or a boundary
 * that changes; and which are newer than that.
 */
export function awsDataReasons(
  before: EffectivePolicies,
  after: EffectivePolicies,
  { aws }: PlanContext,
): readonly Phrase[] {
  const keys = ({ identity, boundary }: EffectivePolicies) =>
    new Map(
      [...identity, ...(boundary === undefined ? [] : [boundary])].map((one) => [
        `${one.kind} ${one.id}`,
        one,
      ]),
    );
  const [was, is] = [keys(before), keys(after)];
  const changed = [...[...is].filter(([key]) => !was.has(key)), ...[...was].filter(([key]) => !is.has(key))];
  const ofAws = changed.map(([, one]) => one).filter(({ id }) => id.startsWith(AWS_POLICY));
  const unknown = ofAws.filter(({ content }) => content.kind === "aws");
  const isDated = ofAws.some(({ id, content }) => content.kind === "policy" && !isTimeless(id));
  return [
    ...(isDated && aws.date !== undefined ? [[`AWS managed policies as of ${aws.date}`]] : []),
    ...(aws.date === undefined
      ? []
      : unknown.map(
          ({ name }): Phrase => [
            "AWS managed policy ",
            quoted(name),
            ` is not known to this version (data of ${aws.date})`,
          ],
        )),
  ];
}

/** The ids of AWS managed policies begin with it, whichever partition they are of. */
const AWS_POLICY = "aws:policy/";

function isTimeless(id: string): boolean {
  return WELL_KNOWN.contentOf(`arn:aws:iam::${id}`) !== undefined;
}
