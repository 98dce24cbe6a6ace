import { counted, withSeparators } from "../../describe/list";
import { quoted } from "../../describe/phrase";
import { relationWord } from "../../describe/relation";
import type { AccessChange, Proof } from "../../diff/model/access-change";
import { topicOf } from "./access-words";
import { acceptFlag, type Block, type DiffLine, type ListItem, strong } from "./block";
import type { Detail } from "./detail";

/** The changes of access in the order of the review, then the evidence, then what is equivalent. */
export function accessBlocks(access: readonly AccessChange[], detail: Detail): readonly Block[] {
  const changed = access.filter(({ relation, sentences }) => relation !== "same" || sentences.length > 0);
  const same = access.filter((change) => !changed.includes(change));
  const shown = changed.slice(0, detail.most);
  const left = changed.length - shown.length;
  const sameItems = detail.unchanged ? same.map((change) => itemOf(change)) : [];
  if (changed.length === 0 && sameItems.length === 0) return [];
  return [
    { kind: "heading", text: ["Access"] },
    ...(shown.length === 0 ? [] : [{ kind: "list", items: shown.map(itemOf) } as const]),
    ...(left === 0
      ? []
      : [{ kind: "paragraph", text: [strong(`${counted(left, "more change")} of access`)] } as const]),
    ...(detail.evidence ? proofBlocks(shown) : []),
    ...(sameItems.length === 0
      ? []
      : [
          {
            kind: "details",
            summary: [`Equivalent policies (${withSeparators(sameItems.length)}): only the text differs`],
            blocks: [{ kind: "list", items: sameItems }],
          } as const,
        ]),
  ];
}

function itemOf(change: AccessChange): ListItem {
  const { id, stack, addresses, source, relation, reason, sentences } = change;
  return {
    text: [
      strong(`${relationWord(relation)}${source === "drift" ? ", changed outside of Terraform" : ""}`),
      ": ",
      ...(relation === "unknown"
        ? ["the effect on ", ...topicOf(change), " could not be determined"]
        : topicOf(change)),
      ...(reason === undefined ? [] : [": ", ...reason]),
      " (",
      ...addresses.flatMap((address) => [quoted(address), " "]),
      "in ",
      quoted(stack),
      ...(relation === "same" || relation === "narrower" ? [] : [", accept with ", acceptFlag(id)]),
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
      summary: [`Evidence (${withSeparators(proven.length)})`],
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

function proofLines(proof: Proof): readonly DiffLine[] {
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
