import { quoted } from "../../describe/phrase";
import type { Relation } from "../../describe/relation";
import type { AccessChange, Aspect, Proof } from "../../diff/model/access-change";
import { type Block, counted, type DiffLine, type ListItem, strong } from "./block";
import type { Detail } from "./detail";

const RELATIONS: Readonly<Record<Relation, string>> = {
  broader: "broader",
  narrower: "narrower",
  "both-ways": "broader for some, narrower for others",
  same: "written differently, and the same",
  unknown: "unknown",
};

const ASPECTS: Readonly<Record<Aspect, string>> = {
  trust: "who may assume",
  permissions: "what may be done as",
  credentials: "who gets credentials of",
  "runs-as": "which role is used by",
  session: "how long one may stay",
  provider: "whose tokens are taken by",
  "bucket-policy": "who may use the bucket",
  "resource-policy": "who may use",
  "public-access": "what keeps the public from",
  sharing: "who has a share in",
  exclusive: "whether anything else may hang on",
};

/** What changes for access: all that gains or is unknown, then the rest. */
export function accessBlocks(access: readonly AccessChange[], detail: Detail): readonly Block[] {
  const told = access.filter(({ relation, sentences }) => relation !== "same" || sentences.length > 0);
  const same = access.filter((change) => !told.includes(change));
  const shown = told.slice(0, detail.most);
  const left = told.length - shown.length;
  const sameItems = detail.unchanged ? same.map((change) => itemOf(change)) : [];
  if (told.length === 0 && sameItems.length === 0) return [];
  return [
    { kind: "heading", text: ["Access"] },
    ...(shown.length === 0 ? [] : [{ kind: "list", items: shown.map(itemOf) } as const]),
    ...(left === 0
      ? []
      : [{ kind: "paragraph", text: [strong(`${counted(left, "more change")} of access`)] } as const]),
    ...(detail.proofs ? proofBlocks(shown) : []),
    ...(sameItems.length === 0
      ? []
      : [
          {
            kind: "details",
            summary: [`${counted(sameItems.length, "policy", "policies")} written differently, and the same`],
            blocks: [{ kind: "list", items: sameItems }],
          } as const,
        ]),
  ];
}

function itemOf({
  id,
  stack,
  aspect,
  subject,
  addresses,
  source,
  relation,
  reason,
  sentences,
}: AccessChange): ListItem {
  return {
    text: [
      strong(RELATIONS[relation]),
      `: ${ASPECTS[aspect]} `,
      quoted(subject),
      source === "drift" ? ", changed outside of Terraform" : "",
      ...(reason === undefined ? [] : [": ", ...reason]),
      " (",
      ...addresses.flatMap((address) => [quoted(address), " "]),
      "in ",
      quoted(stack),
      ...(relation === "same" || relation === "narrower" ? [] : [", sign off with ", quoted(id)]),
      ")",
    ],
    items: sentences.map(({ phrase }) => ({ text: phrase })),
  };
}

function proofBlocks(changes: readonly AccessChange[]): readonly Block[] {
  const sentences = changes.flatMap((change) => change.sentences);
  const proven = sentences.filter(({ proof }) => proof !== undefined);
  if (proven.length === 0) return [];
  return [
    {
      kind: "details",
      summary: [`What proves it: ${counted(proven.length, "token or call", "tokens and calls")} to try`],
      blocks: proven.flatMap(({ phrase, proof }): readonly Block[] =>
        proof === undefined
          ? []
          : [
              { kind: "paragraph", text: phrase },
              { kind: "diff", lines: proofLines(proof) },
            ],
      ),
    },
  ];
}

export function proofLines(proof: Proof): readonly DiffLine[] {
  const lines =
    proof.kind === "token"
      ? [
          ...Object.entries(proof.claims).map(([claim, value]) => `${claim}: ${[value].flat().join(", ")}`),
          `through ${proof.provider}`,
        ]
      : [
          `${proof.action} on ${proof.resource}`,
          ...(proof.caller === undefined ? [] : [`by ${proof.caller}`]),
        ];
  return [...lines, ...proof.facts].map((text) => ({ mark: " ", text }));
}
