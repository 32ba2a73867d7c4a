/**
 * Whether the reply of a completion is the requested word. The reply may be text or a list of parts; reasoning is
 * removed, even if it was cut off; case does not matter. Anything else gives `false` and never an error: `null`, an
 * empty reply, UNHEALTHY, a refusal, an error with status 200, a page (docs/upstream/open-webui.md#a-query-that-tells).
 */

/** `content` is the path to the reply in the answer. */
function saysHealthy(content: string): string {
  return [
    `($c := ${content};`,
    ` $t := $type($c) = "array" ? $join($c.text) : $c;`,
    ` $type($t) = "string" and`,
    String.raw` $boolean($match($replace($t, /<think>[\s\S]*?(<\/think>|$)/, ""), /\bhealthy\b/i)))`,
  ].join("");
}

/** For answers in the form of OpenAI's. */
export const completionQuery = saysHealthy("choices[0].message.content");

/** For answers in Ollama's own form. */
export const ollamaCompletionQuery = saysHealthy("message.content");

export const completionPrompt = "Respond with the word HEALTHY";
