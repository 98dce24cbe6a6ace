import { createTwoFilesPatch } from "diff";
import { ANY_REPOSITORY } from "../../config/model/grants";
import type { Access, Grant, RefPattern } from "../../config/model/model";
import { findingAsJson, tokenAsJson } from "../../describe/counterexample";
import { plainText } from "../../describe/phrase";
import { tokenGroupsOf } from "../../diff/tokens/token-groups";
import type { Policy } from "../../iam/language/policy";
import type { Counterexample } from "../../iam/prove/tokens/counterexample";
import { matchBucket } from "../inventory/bucket-match";
import type { PlacedRole } from "../propose/place-role";
import type { FileChange, Proposal } from "../propose/proposal";
import type { NearestGrant, Understanding } from "../understand/understand";

/** What was found and what would be written, for people. */
export function printProposal(proposal: Proposal): string {
  const { access, inventory, roles, buckets, matched, takesProvider, changes } = proposal;
  const wrong = inventory.providers.filter(({ kind }) => kind !== "own");
  const lines = [
    `Account ${proposal.accountKey} (${inventory.account}): ${counted(inventory.roles.length, "role")} of CircleCI's, ${counted(inventory.buckets.length, "bucket")}, ${counted(inventory.providers.length, "provider")}.`,
    ...(takesProvider ? ["  provider     taken over, with its audiences and tags"] : []),
    ...wrong.map(({ arn, kind }) => `  provider     ${arn}: ${WRONG[kind]}; left alone`),
    ...roles.flatMap((role) => printRole(role, access)),
    ...buckets.flatMap(({ found, project, key }) => {
      const { keep } = matchBucket(found, inventory.partition);
      return [
        `  bucket       ${found.name} → ${project}/${key}${keep.length === 0 ? "" : `; stays as it is in: ${keep.join(", ")}`}`,
        ...(found.unmanaged.length === 0
          ? []
          : [`               nothing here manages its ${found.unmanaged.join(", ")}: left alone`]),
      ];
    }),
    ...matched.map(
      (name) => `  as declared  ${name}: access.yaml has it already, it is imported as it stands there`,
    ),
    ...printUnseen(proposal),
    ...(changes.length === 0 ? ["Nothing to adopt."] : []),
  ];
  return lines.join("\n");
}

const WRONG: Readonly<Record<string, string>> = {
  "trailing-slash": "its URL is not written as tokens write their issuer, so nobody comes in through it",
  "other-organization": "another organization's tokens come in through it",
  "shared-issuer": "CircleCI's root issuer, which signs for every organization",
  other: "no issuer of tokens that is known here",
};

function printRole(
  { found, understanding, project, key, grant, kept }: PlacedRole,
  access: Access,
): readonly string[] {
  const head = `  role         ${found.name} → ${project}/${key}`;
  if (understanding.kind === "exact" && grant !== undefined) {
    const wording = understanding.wording === "ours" ? "" : "; its own wording is kept";
    return [`${head}: exactly ${describeGrant(grant)}${wording}`];
  }
  if (understanding.kind === "exact") return [`${head}: HAND-WRITTEN, kept as it is: ${kept ?? ""}`];
  const { reason, findings, nearest } = understanding;
  return [
    `${head}: HAND-WRITTEN, kept as it is: ${reason}`,
    ...findings.map(({ severity, id, message }) => `               ${severity} ${id}: ${message}`),
    ...(nearest === undefined
      ? []
      : [
          `               nearest: ${describeGrant(nearest.grant)}`,
          ...whoWould("lose access", nearest.present, nearest.policy, nearest.lost, access),
          ...whoWould("get in", nearest.policy, nearest.present, nearest.gained, access),
        ]),
  ];
}

/**
 * Everybody whom one policy lets in and the other does not, as far as a reader tells them apart.
 */
function whoWould(
  what: string,
  allowing: Policy,
  denying: Policy,
  example: Counterexample | undefined,
  access: Access,
): readonly string[] {
  if (example === undefined) return [];
  const { groups, hasMore } = tokenGroupsOf(allowing, denying, "lost", [example.provider], access, example);
  return [
    ...groups.map(({ who, where, counterexample }) => {
      const subject = counterexample.claims.sub === undefined ? "" : `, such as ${counterexample.claims.sub}`;
      return `               would ${what}: ${plainText([...who, " ", ...where])}${subject}`;
    }),
    ...(hasMore ? [`               would ${what}: more, who are not listed here`] : []),
  ];
}

/** Such as `alice, bob from main, v* (tags) of github.com/acme/website`. */
export function describeGrant({ people, refs, repository }: Grant): string {
  const who = people.kind === "everyone" ? "everyone" : people.members.map(({ name }) => name).join(", ");
  if (refs.kind === "any") {
    const more = refs.tokensWithoutOrigin
      ? ` and with tokens that name no repository (${ANY_REPOSITORY})`
      : "";
    return `${who} from any ref of ${repository}${more}`;
  }
  const where = [...refs.branches.map(written), ...refs.tags.map((tag) => `${written(tag)} (tag)`)];
  return `${who} from ${where.join(", ")} of ${repository}`;
}

function written(pattern: RefPattern): string {
  return pattern.kind === "exact" ? pattern.name : `${pattern.prefix}*`;
}

function printUnseen({ inventory: { unseen } }: Proposal): readonly string[] {
  if (unseen.length === 0) return [];
  return [
    `  NOT SEEN     ${counted(unseen.length, "answer")} refused, so there may be more than is listed here:`,
    ...unseen.map(({ call, object, code }) => `               ${call} on ${object}: ${code}`),
    "               give the caller the policy of: npm run -s oidc -- adopt --print-policy",
  ];
}

function counted(count: number, what: string): string {
  return `${count === 0 ? "no" : count} ${what}${count === 1 ? "" : "s"}`;
}

/** All changes as one patch. */
export function printPatch(changes: readonly FileChange[]): string {
  return changes
    .map(({ file, before, after }) =>
      createTwoFilesPatch(
        before === undefined ? "/dev/null" : file,
        after === undefined ? "/dev/null" : file,
        before ?? "",
        after ?? "",
        "",
        "",
        { context: 3 },
      )
        .split("\n")
        .filter((line) => !/^={3,}$/.test(line))
        .join("\n")
        .replaceAll(/^(---|\+\+\+) (.*)\t$/gm, "$1 $2"),
    )
    .join("")
    .trimEnd();
}

/** The same for programs: counterexamples and findings whole. */
export function printProposalAsJson(proposal: Proposal): string {
  const { accountKey, inventory, roles, buckets, matched, takesProvider, changes } = proposal;
  return JSON.stringify(
    {
      account: { key: accountKey, id: inventory.account },
      providers: inventory.providers,
      takesProvider,
      roles: roles.map(({ found, understanding, project, key, grant, kept }) => ({
        name: found.name,
        project,
        key,
        understanding: understandingAsJson(understanding),
        isHandWritten: grant === undefined,
        ...(kept === undefined ? {} : { kept }),
      })),
      buckets: buckets.map(({ found, project, key }) => ({
        name: found.name,
        project,
        key,
        unmanaged: found.unmanaged,
        ...matchBucket(found, inventory.partition),
      })),
      matched,
      unseen: inventory.unseen,
      files: changes,
    },
    null,
    2,
  );
}

function understandingAsJson(understanding: Understanding): object {
  if (understanding.kind === "exact") return understanding;
  const { findings, nearest, ...rest } = understanding;
  return {
    ...rest,
    findings: findings.map(findingAsJson),
    ...(nearest === undefined ? {} : { nearest: nearestAsJson(nearest) }),
  };
}

function nearestAsJson({ gained, lost, ...nearest }: NearestGrant): object {
  return {
    ...nearest,
    ...(lost === undefined ? {} : { lost: tokenAsJson(lost) }),
    ...(gained === undefined ? {} : { gained: tokenAsJson(gained) }),
  };
}
