/**
 * Whether the reply of a completion is the word it was asked for. Text, or the parts of it; without what the model
 * thought aloud, cut off or not; the word by itself, in any case. Anything else is `false`, never an error: `null`, an
 * empty reply, UNHEALTHY, a refusal, an error with status 200, a page (docs/upstream/open-webui.md#a-query-that-tells).
 */
export const completionQuery = [
  `($c := choices[0].message.content;`,
  ` $t := $type($c) = "array" ? $join($c.text) : $c;`,
  ` $type($t) = "string" and`,
  String.raw` $boolean($match($replace($t, /<think>[\s\S]*?(<\/think>|$)/, ""), /\bhealthy\b/i)))`,
].join("");

export const completionPrompt = "Respond with the word HEALTHY";
