/** Models that think before they answer, told from their ids. */

/** They need more tokens than the answer has. */
export function isReasoningModel(id: string): boolean {
  return refusesTemperature(id) || /(^|[/.-])(qwq|qwen3|magistral|gpt-oss|deepseek-r\d)|-r1\b|think|reason/iu.test(id);
}

/**
 * The OpenAI models that accept only the default temperature: o-series and gpt-5
 * (docs/upstream/open-webui.md#requests).
 */
export function refusesTemperature(id: string): boolean {
  return /(^|[/.])(o[1-9](-|$)|gpt-5(?!.*chat))/iu.test(id);
}
