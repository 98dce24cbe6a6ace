import { isDeepStrictEqual } from "node:util";
import { accountView } from "../../../lib/config/model/account-view";
import type { Access, AnyRole } from "../../../lib/config/model/model";
import { writeTlsOnlyPolicy } from "../../../lib/iam/write/buckets/tls-only-policy";
import { inlinePolicies } from "../../../lib/iam/write/inline-policies";
import { trustTextOf } from "../../../lib/iam/write/trust/trust-policy";
import { issuerHost, issuerOf } from "../../../lib/token/issuer";
import type { LiveAccount } from "./read-back";

/**
 * Differences between an account and access.yaml: missing, different, or undeclared. Empty: there
 * is none. For a file with one account that holds nothing else.
 */
export function checkClaims(access: Access, live: LiveAccount): readonly string[] {
  const roles = access.projects.flatMap((project) => project.roles);
  return [
    ...checkProvider(access, live),
    ...sameNames(
      "role",
      roles.map(({ name }) => name),
      live.roles.map(({ name }) => name),
    ),
    ...roles.flatMap((role) => checkRole(role, live)),
    ...checkBuckets(access, live),
    ...checkStates(access, live),
  ];
}

function checkProvider(access: Access, live: LiveAccount): readonly string[] {
  const urls = live.providers.map(({ url }) => url.replace(/^https:\/\//, ""));
  const wanted = access.accounts.flatMap((account) => accountView(access, account).providers);
  const hosts = wanted.map(({ organization }) => issuerHost(issuerOf(organization)));
  return [
    ...sameNames("provider", hosts, urls),
    ...live.providers.flatMap(({ audiences }, index) => {
      const declared = wanted.find((_, at) => hosts[at] === urls[index]);
      return declared === undefined
        ? []
        : sameNames("audience of the provider", declared.audiences, audiences);
    }),
  ];
}

function checkRole(role: AnyRole, live: LiveAccount): readonly string[] {
  const found = live.roles.find(({ name }) => name === role.name);
  if (found === undefined) return [];
  const wanted: unknown = JSON.parse(trustTextOf(role));
  const trust = isDeepStrictEqual(JSON.parse(found.trust), wanted)
    ? []
    : [`role ${role.name}: its trust policy differs`];
  const policies = [...inlinePolicies(role), ...role.inlinePolicies].map(({ name }) => name);
  return [...trust, ...sameNames(`policy of role ${role.name}`, policies, found.inlinePolicies)];
}

function checkBuckets(access: Access, live: LiveAccount): readonly string[] {
  const wanted = access.accounts.flatMap((account) => [
    account.stateBucket,
    ...accountView(access, account).bucketNames,
  ]);
  const wrong = live.buckets.filter(
    (bucket) =>
      !bucket.publicAccessBlocked ||
      !bucket.versioned ||
      bucket.encryption === "none" ||
      !access.accounts.some((account) =>
        isDeepStrictEqual(
          JSON.parse(bucket.policy || "{}"),
          writeTlsOnlyPolicy(bucket.name, account.partition),
        ),
      ),
  );
  return [
    ...sameNames(
      "bucket",
      wanted,
      live.buckets.map(({ name }) => name),
    ),
    ...wrong.map(({ name }) => `bucket ${name} is not private, versioned, encrypted and TLS only`),
  ];
}

function checkStates(access: Access, live: LiveAccount): readonly string[] {
  return access.accounts.flatMap((account) => {
    const { stackNames } = accountView(access, account);
    const found = live.buckets.find(({ name }) => name === account.stateBucket)?.objects ?? [];
    return sameNames(
      `object in ${account.stateBucket}`,
      stackNames.map((stack) => `${stack}.tfstate`),
      found,
    );
  });
}

function sameNames(what: string, wanted: readonly string[], found: readonly string[]): readonly string[] {
  return [
    ...wanted.filter((name) => !found.includes(name)).map((name) => `${what} missing: ${name}`),
    ...found
      .filter((name) => !wanted.includes(name))
      .map((name) => `${what} not declared in access.yaml: ${name}`),
  ];
}
