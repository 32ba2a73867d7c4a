/** Text for a YAML file that is written line by line, because it has comments. */

/** In double quotes unless it is a plain word. `${` would start a variable. */
export function starterText(text: string): string {
  const literal = text.replaceAll("${", () => "$${");
  const isWord =
    /^[A-Za-z][A-Za-z0-9._/-]*$/u.test(literal) && !/^(true|false|null|yes|no|on|off|y|n)$/iu.test(literal);
  return isWord ? literal : JSON.stringify(literal).replaceAll(/[\u007f-\u009f\u2028\u2029\ufeff]/gu, escaped);
}

function escaped(character: string): string {
  return String.raw`\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** A notification for everything, which goes nowhere until it is set. */
export const starterNotifications: readonly string[] = [
  "defaults:",
  "  monitor: { notifications: [oncall] }",
  "",
  "notifications:",
  "  oncall:",
  "    name: On call",
  "    type: webhook",
  "    # Until ALERT_WEBHOOK_URL is set, alerts go nowhere (to the discard port of Uptime Kuma's own machine).",
  "    webhookURL: ${env:ALERT_WEBHOOK_URL:-http://127.0.0.1:9/}",
  "",
];
