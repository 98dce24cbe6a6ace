import { oidc } from "../../command-name";
import { accountView } from "../../config/model/account-view";
import type { Access } from "../../config/model/model";
import { findingAsJson, tokenAsJson } from "../../describe/counterexample";
import { describeGrant } from "../../describe/grant";
import { counted } from "../../describe/list";
import { plainText } from "../../describe/phrase";
import { tokenGroupsOf } from "../../diff/tokens/token-groups";
import type { Policy } from "../../iam/language/policy";
import type { Counterexample } from "../../iam/prove/tokens/counterexample";
import { issuerOf, issuerUrl } from "../../token/issuer";
import { matchBucket } from "../inventory/bucket-match";
import type { FoundProvider } from "../inventory/inventory";
import type { PlacedRole } from "../propose/place-role";
import type { Proposal } from "../propose/proposal";
import type { NearestGrant, Understanding } from "../understand/understand";

/** What was found in the account, and the entry of each role and bucket. */
export function printProposal(proposal: Proposal): string {
  const { access, inventory, roles, buckets, matched, takesProvider, changes } = proposal;
  const others = inventory.providers.filter(({ kind }) => kind !== "own");
  const unused = unusedProviders(proposal);
  const lines = [
    `Account ${proposal.accountKey} (${inventory.account}): ${counted(inventory.roles.length, "role")} for CircleCI, ${counted(inventory.buckets.length, "bucket")}, ${counted(inventory.providers.length, "provider")}.`,
    ...(takesProvider ? ["  provider     adopted with its audiences and tags"] : []),
    ...others.map(({ arn, kind }) => `  provider     ${arn}: not adopted: ${NOT_ADOPTED[kind]}`),
    ...unused.map(
      ({ arn }) => `  provider     ${arn}: not adopted: no role of its organization is in this account`,
    ),
    ...roles.flatMap((role) => printRole(role, access)),
    ...buckets.flatMap(({ found, project, key }) => {
      const { keep } = matchBucket(found, inventory.partition);
      return [
        `  bucket       ${found.name} → ${project}/${key}${keep.length === 0 ? "" : `; keeps its own ${keep.join(", ")}`}`,
        ...(found.unmanaged.length === 0
          ? []
          : [`               not managed by this project, unchanged: ${found.unmanaged.join(", ")}`]),
      ];
    }),
    ...matched.map((name) => `  as declared  ${name}: already in access.yaml; imported as declared there`),
    ...printUnseen(proposal),
    ...(changes.length === 0 ? ["Nothing to adopt."] : []),
  ];
  return lines.join("\n");
}

/** With several organizations, an account has the providers that its roles trust. */
function unusedProviders({ access, accountKey, inventory }: Proposal): readonly FoundProvider[] {
  const account = access.accounts.find(({ key }) => key === accountKey);
  const declared = account === undefined ? [] : accountView(access, account).providers;
  const urls = declared.map(({ organization }) => issuerUrl(issuerOf(organization)));
  return inventory.providers.filter(({ kind, url }) => kind === "own" && !urls.includes(url));
}

const NOT_ADOPTED: Readonly<Record<string, string>> = {
  "trailing-slash": "its URL differs from the tokens' issuer, so it accepts no token",
  "other-organization": "it is the issuer of another CircleCI organization",
  "shared-issuer": "it is CircleCI's root issuer, which signs tokens for every organization",
  other: "its URL is not that of a known issuer",
};

function printRole(
  { found, understanding, project, key, grant, kept }: PlacedRole,
  access: Access,
): readonly string[] {
  const head = `  role         ${found.name} → ${project}/${key}`;
  if (understanding.kind === "exact" && grant !== undefined) {
    const wording = understanding.wording === "ours" ? "" : "; keeps the wording of its trust policy";
    return [`${head}: exactly ${plainText(describeGrant(grant))}${wording}`];
  }
  if (understanding.kind === "exact") return [`${head}: HAND-WRITTEN, unchanged: ${kept ?? ""}`];
  const { reason, findings, nearest } = understanding;
  return [
    `${head}: HAND-WRITTEN, unchanged: ${reason}`,
    ...findings.map(({ severity, id, message }) => `               ${severity} ${id}: ${message}`),
    ...(nearest === undefined
      ? []
      : [
          `               nearest grant: ${plainText(describeGrant(nearest.grant))}`,
          ...whoWould("lose access", nearest.present, nearest.policy, nearest.lost, access),
          ...whoWould("gain access", nearest.policy, nearest.present, nearest.gained, access),
        ]),
  ];
}

/** The groups of people that one policy allows and the other refuses, each with a token. */
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
    ...(hasMore ? [`               would ${what}: others that are not listed`] : []),
  ];
}

function printUnseen({ inventory: { unseen } }: Proposal): readonly string[] {
  if (unseen.length === 0) return [];
  return [
    `  INCOMPLETE   AWS denied ${counted(unseen.length, "call")}, so this list may be incomplete:`,
    ...unseen.map(({ call, object, code }) => `               ${call} on ${object}: ${code}`),
    `               grant the caller the policy printed by: ${oidc("adopt")} --print-policy`,
  ];
}

/** The same as JSON, with complete findings and counterexamples. */
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
