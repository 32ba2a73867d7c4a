/** `max_retries`, `Max-Retries` and `maxRetries` are the same name: `maxretries`. */
export function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/gu, "");
}
