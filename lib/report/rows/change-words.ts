import { withoutIds } from "../../describe/caller";
import { withoutOrganizationIds } from "../../describe/issuer";
import { joinPhrases, type Phrase, plainText } from "../../describe/phrase";
import type { AccessChange, AccessSentence } from "../../diff/model/access-change";
import { nameOf } from "./access-words";
import { extentOf, inHeadline } from "./extent-words";
import { factsOf, phrasesOf, type RowWords, type Said, shortest } from "./fact-words";
import { inForms, withPeople } from "./people-words";
import { ofPolicy } from "./policy-words";
import { blockOf, SETTINGS } from "./public-block-words";
import { type RiskFact, riskFactOf } from "./risk-words";

/** What a principal can do, or what a resource allows. */
export function ofFacts(said: Said): RowWords {
  const { change } = said;
  if (change.aspect === "bucket-policy" || change.aspect === "resource-policy") return ofPolicy(said);
  const fact = riskFactOf(change);
  return fact === undefined ? ofOther(said) : ofRisk(said, fact);
}

const CAN_PERFORM = { gained: " can now perform ", lost: " can no longer perform " };

function factsWith(effect: AccessSentence["effect"], { change, gained, lost }: Said): readonly Phrase[] {
  const sentences = effect === "gained" ? gained : lost;
  if (change.aspect === "trust") return phrasesOf(sentences);
  if (change.aspect === "runs-as") return phrasesOf(sentences).map(withoutLongDetail);
  return factsOf(sentences, nameOf(change.subject), CAN_PERFORM[effect]);
}

function ofRisk(said: Said, fact: RiskFact): RowWords {
  const { change, gained, people, unknown, suffix, topics } = said;
  const name: Phrase = [...nameOf(change.subject), " "];
  const extent = fact.isEverything ? undefined : extentOf(gained);
  const isSaid = extent === undefined || change.aspect === "runs-as" || saysAll(fact.long, gained);
  const line: Phrase = [...name, ...joined(fact.long, suffix, isSaid ? [] : extent)];
  // The sentences of what runs as a role name the role.
  const facts = change.aspect === "runs-as" ? factsWith("gained", said) : [line];
  const short: Phrase = [...name, ...fact.long, ...suffix];
  const losses = factsWith("lost", said);
  return {
    ...people,
    what: shortest([
      [...facts, ...losses, ...unknown],
      ...(change.aspect === "runs-as"
        ? []
        : [[short, ...losses.slice(0, 1).map(() => LESS_ELSEWHERE), ...unknown]]),
    ]),
    headlines: [
      ...withPeople([...name, ...fact.short, ...suffix], people),
      ...topics.flatMap((topic) => withPeople(topic, people)),
    ],
  };
}

/** What is lost beside a risk that is gained. */
const LESS_ELSEWHERE: Phrase = ["less of other access, listed below"];

/** The words, then the extent; a call that ends the words and begins the extent is said once. */
function joined(words: Phrase, suffix: Phrase, extent: Phrase): Phrase {
  if (extent.length === 0) return [...words, ...suffix];
  const isOnce = suffix.length === 0 && JSON.stringify(words.at(-1)) === JSON.stringify(extent[0]);
  return isOnce ? [...words, ...extent.slice(1)] : [...words, ...suffix, ": ", ...extent];
}

/** Whether words name all actions of the sentences, each on every resource, already. */
function saysAll(words: Phrase, sentences: readonly AccessSentence[]): boolean {
  const named = new Set(words.flatMap((part) => (typeof part === "string" ? [] : [part.quoted])));
  return sentences.every(
    ({ actions = [], resources = [], conditions }) =>
      conditions === undefined &&
      plainText(resources) === "*" &&
      named.has("*") &&
      named.has(plainText(actions)),
  );
}

function ofOther(said: Said): RowWords {
  const { change, gained, lost, people, unknown, suffix, topics } = said;
  const [gains, losses] = [factsWith("gained", said), factsWith("lost", said)];
  const own = headlineOf(said);
  // All settings of a block are said in one.
  const block = gained.length + lost.length === SETTINGS ? blockOf(change) : undefined;
  const facts = block === undefined ? [...gains, ...losses] : [block];
  return {
    ...people,
    what: joinPhrases([[...joinPhrases(facts, "; "), ...suffix], ...unknown], "; "),
    headlines: [
      ...inForms(
        own.map((one) => withoutIds([...one, ...suffix], false)),
        people,
      ),
      ...topics.flatMap((topic) =>
        // Of a provider, those who lose it are not those who gain it.
        change.aspect === "provider" && gained.length > 0 ? [topic] : withPeople(topic, people),
      ),
    ],
  };
}

/** The change in a line, the longest first. Empty: a line would say less than what changes. */
function headlineOf(said: Said): readonly Phrase[] {
  const { change, gained, lost } = said;
  const name = nameOf(change.subject);
  const isGain = gained.length > 0;
  const sentences = isGain ? gained : lost;
  // What becomes of the provider; whom it lets in or out stands beside it.
  if (change.aspect === "provider")
    return sentences.slice(0, 1).map(({ phrase }) => withoutOrganizationIds(withoutDetail(phrase)));
  const block = blockOf(change);
  if (block !== undefined) return [block];
  if (change.aspect === "exclusive" && isGain)
    return [["policies that are added to ", ...name, " outside of Terraform are no longer removed"]];
  const verb = CAN_PERFORM[isGain ? "gained" : "lost"];
  const facts =
    change.aspect === "trust"
      ? phrasesOf(sentences)
      : factsOf(sentences, name, verb, { withConditions: false });
  const [first] = facts;
  const isOne = facts.length === 1 && (!isGain || lost.length === 0 || change.aspect === "runs-as");
  if (first !== undefined && isGain && SHARED.has(change.aspect) && facts.length > 1)
    return [[...first, ", and more"]];
  // An example is not what changes.
  if (first === undefined || !isOne || plainText(first).includes(", such as ")) return [];
  const isExtent = sentences.some(({ actions }) => actions !== undefined);
  if (isExtent) return [[...first, ...inHeadline(sentences)]];
  // The evidence of a boundary is one of the requests that it limits.
  if (change.aspect === "permissions") return [first, withoutDetail(first)];
  return inHeadline(sentences).length === 0 ? [withoutDetail(first)] : [];
}

/** Of these, each sentence is a grant by itself. */
const SHARED: ReadonlySet<AccessChange["aspect"]> = new Set(["sharing", "public-access"]);

/** Without what a role can do: the role is named. */
function withoutDetail(phrase: Phrase): Phrase {
  const at = phrase.findIndex((part) => typeof part === "string" && part.startsWith(", "));
  return at <= 0 ? phrase : phrase.slice(0, at);
}

/** A longer sentence is not read in a table. */
const LONG_SENTENCE = 160;

/** What the role can do is in the details, if it is much. */
function withoutLongDetail(phrase: Phrase): Phrase {
  return plainText(phrase).length <= LONG_SENTENCE
    ? phrase
    : [...withoutDetail(phrase), ", with the permissions listed below"];
}
