/** A blocker in words: what is wrong, and what the reader can do about it. */
import type { BlockerText, FactsOf, BlockerFacts } from "../../../model/plan-facts.ts";
import type { Blocker } from "../../../model/plan.ts";
import { ambiguousText, deletedTargetText, notGroupText, referenceText } from "./references.ts";
import { adoptText, duplicatesText, foreignText, moveText, nameTakenText } from "./matches.ts";
import { groupText, sharedDeleteText, takenText, tokenText } from "./others.ts";
import { bulkText, deletesText, emptyText, incompleteText, protectedText, renamesText } from "./removals.ts";

export function describeBlocker(facts: BlockerFacts): Blocker {
  const { code, keys } = facts;
  return { code, keys, ...textOf(facts) };
}

function textOf(facts: BlockerFacts): BlockerText {
  switch (facts.code) {
    case "KS4001":
      return deletesText(facts);
    case "KS4002":
      return protectedText(facts);
    case "KS4003":
      return nameTakenText(facts);
    case "KS4004":
      return emptyText(facts);
    case "KS4005":
      return referenceText(facts);
    case "KS4006":
      return ambiguousText(facts);
    case "KS4007":
      return duplicatesText(facts);
    case "KS4008":
      return groupText(facts);
    case "KS4009":
      return renamesText(facts);
    case "KS4010":
      return foreignText(facts);
    case "KS4011":
      return bulkText(facts);
    case "KS4012":
      return adoptText(facts);
    case "KS4013":
      return completionsText(facts);
    case "KS4014":
      return incompleteText(facts);
    case "KS4015":
      return moveText(facts);
    case "KS4016":
      return nestingText(facts);
    case "KS4017":
      return unstorableText;
    case "KS4024":
      return notGroupText(facts);
    case "KS4025":
      return sharedDeleteText(facts);
    case "KS4026":
      return deletedTargetText(facts);
    case "KS4027":
      return takenText(facts);
    case "KS4028":
      return tokenText(facts);
    default:
      return facts satisfies never;
  }
}

function completionsText({ completions, limit }: FactsOf<"KS4013">): BlockerText {
  return {
    message: `the monitors would ask for ${completions} completions a day, and the limit is ${limit}`,
    waysOn: ["give them a longer `interval`", `\`limits: { completionsPerDay: ${completions} }\` raises the limit`],
  };
}

function nestingText({ keys }: FactsOf<"KS4016">): BlockerText {
  return {
    message: `${keys.join(" and ")} would be below ${keys.length === 1 ? "itself" : "themselves"}, by way of a parent that is written by name or id, or of a group that ignores changes of its parent`,
    waysOn: [
      "declare another parent",
      "if a group made by hand stands between them, move that one elsewhere on the server",
    ],
  };
}

const unstorableText: BlockerText = {
  message: "the server's database cannot hold some characters: they came back as question marks",
  waysOn: [
    "convert it: `ALTER DATABASE … CHARACTER SET utf8mb4`, and each table (kuma-sync explain KS4017 has the statements); then apply again",
    "write these texts with characters that it can hold",
  ],
};
