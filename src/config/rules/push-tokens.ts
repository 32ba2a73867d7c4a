import { localKey } from "../../model/entity.ts";
import type { DeclaredEntity } from "../config.ts";
import { isWithheld } from "../entity-finding.ts";
import type { EntityRule } from "./rule.ts";

/** Only the token prevents strangers from reporting that everything is fine, because a push URL needs nothing else. */
export const pushTokens: EntityRule = {
  name: "push-tokens",
  kind: "monitor",
  checkEach(entity) {
    const token = entity.written["pushToken"];
    if (typeof token !== "string" || token === "" || isWithheld(entity, "/pushToken")) return [];
    const reason = whyGuessable(token, entity);
    if (reason === undefined) return [];
    return [
      {
        code: "KS1627",
        severity: "warning",
        message: `the push token can be guessed: ${reason}`,
        hint: "leave it out for a random one, or write 20 to 32 random letters, digits, _ and -",
        why: "whoever has the URL can report that all is well",
        pointer: "/pushToken",
      },
    ];
  },
};

/** Uptime Kuma's own tokens have 10 (1.23) or 32 random letters and digits. */
const leastLength = 10;
const leastDistinct = 5;
/** Letters and digits that must remain without the words. */
const leastRest = 6;

const commonWords =
  /push|token|secret|passw(or)?d|monitor|uptime|kuma|heartbeat|beat|ping|test|demo|example|changeme|backup|restore|nightly|daily|weekly|hourly|monthly|cron|job|task|script|server|service|status|check|health|prod(uction)?|staging|home|database|mysql|postgres|docker|default|abcdef(gh)?|qwerty|1234(5678)?(90)?|0123456789|(19|20)\d\d/giu;

/** Says why in a few words, without the token; undefined for a token that looks random. */
function whyGuessable(token: string, { key, name }: DeclaredEntity): string | undefined {
  if (token.length < leastLength) return `it has fewer than ${leastLength} characters`;
  if (new Set(token.toLowerCase()).size < leastDistinct) return "it repeats a few characters";
  const parts = token.split(/[_-]/u);
  const areWords =
    parts.length > 1 && parts.every((part) => /^[A-Za-z]?[a-z]+$/u.test(part) && /[aeiouy]/iu.test(part));
  const own = `${localKey(key)} ${name}`
    .toLowerCase()
    .split(/[^a-z0-9]+/u)
    .filter((word) => word.length > 2);
  const rest = own
    .reduce((left, word) => left.replaceAll(word, ""), token.toLowerCase())
    .replaceAll(commonWords, "")
    .replaceAll(/[_-]/gu, "");
  return areWords || rest.length < leastRest ? "it is made of words" : undefined;
}
