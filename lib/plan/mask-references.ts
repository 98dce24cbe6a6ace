import type { Reference, References } from "./references";
import { type Mask, NO_SECRETS } from "./sensitive/masking";

/**
 * References without secrets: addresses, provider configurations and provisioners can contain one.
 */
export function maskReferences(references: References, mask: Mask): References {
  if (mask === NO_SECRETS) return references;
  const { configured, of, providerOf, provisionersOf, providerKeys, accountsOf, accountsAllowedBy } =
    references;
  return {
    configured,
    of: (address, attribute) => of(address, attribute).map((one) => maskReference(one, mask)),
    providerOf: (address) => {
      const key = providerOf(address);
      return key === undefined ? undefined : mask(key);
    },
    provisionersOf: (address) => provisionersOf(address).map(mask),
    providerKeys: new Set([...providerKeys].map(mask)),
    accountsOf: (address) => accountsOf(address).map(mask),
    mayHaveDefaultTags: references.mayHaveDefaultTags,
    accountsAllowedBy: (key) => accountsAllowedBy(key).map(mask),
  };
}

/** As one text, because a secret can span the address and the attribute. */
function maskReference(reference: Reference, mask: Mask): Reference {
  const { to, attribute, byOwnKey } = reference;
  const end = attribute === undefined ? "" : `.${attribute}`;
  const masked = mask(`${to}${end}`);
  if (masked === `${to}${end}`) return reference;
  return masked.endsWith(end)
    ? { ...reference, to: masked.slice(0, masked.length - end.length) }
    : { to: masked, byOwnKey };
}
