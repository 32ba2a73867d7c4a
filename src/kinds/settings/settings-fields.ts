/**
 * The general settings that belong in Git. They have no defaults: a setting that is not written stays unchanged,
 * because a server has one set of them for all projects.
 */
import type { Json } from "../../model/json.ts";
import type { Release } from "../../model/release.ts";
import { listOf } from "../codecs/list-of.ts";
import { boolean, toNumber, wholeNumber } from "../codecs/number.ts";
import { optionalText, toText } from "../codecs/text.ts";
import type { Codec, Field, Fields, JsonSchema } from "../field.ts";
import { slugPattern } from "../status-page/page-fields.ts";

/** Settings that decide whom the server trusts. A change must also be confirmed in `allowRisky`. */
export const riskySettings = ["trustProxy"] as const;

const sinceDomains: Release = [2, 1, 0];

const days: Codec = {
  normalise: toDays,
  fromKuma: (wire) => toDays(wire),
  toKuma: (canonical) => canonical,
};

const daysSchema: JsonSchema = { type: "array", items: { type: "integer", minimum: 1 } };

/** A set. */
function toDays(value: Json | undefined): number[] {
  const numbers = listOf(value).flatMap((item) => toNumber(item) ?? []);
  return [...new Set(numbers)].toSorted((left, right) => left - right);
}

const pagePrefix = "statusPage-";

/** Canonical: `dashboard`, or the slug of a status page, to which the server adds a prefix. */
const entryPage: Codec = {
  normalise: (written) => toText(written),
  fromKuma: (wire) => {
    const page = toText(wire);
    return page?.startsWith(pagePrefix) === true ? page.slice(pagePrefix.length) : page;
  },
  toKuma: (canonical) => {
    const page = toText(canonical);
    return page === null || page === "dashboard" ? page : pagePrefix + page;
  },
};

/** Canonical: the list as written. On the server: which of the allowed ones are on. */
const consent: Codec = {
  normalise: (written) => written,
  fromKuma: (wire) => (wire === true ? ["trustProxy"] : null),
  toKuma: (canonical) => canonical !== null,
};

export const settingsFields: Fields = {
  primaryBaseURL: setting(optionalText, {
    title: "Primary base URL",
    description: "The address of this Uptime Kuma, as notifications link to it.",
    type: "string",
    pattern: "^https?://",
    examples: ["https://status.example.com"],
  }),
  serverTimezone: setting(optionalText, {
    default: "UTC",
    title: "Server time zone",
    description: "The zone that maintenances have unless they name one. Until it is set, that of the server's machine.",
    type: "string",
    minLength: 1,
    examples: ["Europe/Berlin"],
  }),
  keepDataPeriodDays: setting(wholeNumber, {
    title: "Keep data",
    description: "Days after which heartbeats are deleted; 0 keeps them forever.",
    type: "integer",
    minimum: 0,
    examples: [90],
  }),
  checkUpdate: setting(boolean, {
    default: true,
    title: "Check for updates",
    description: "Whether the server looks for newer releases of itself.",
    type: "boolean",
    examples: [true],
  }),
  checkBeta: setting(boolean, {
    default: false,
    title: "Check for betas",
    description: "Whether betas count as newer releases.",
    type: "boolean",
    examples: [false],
  }),
  searchEngineIndex: setting(boolean, {
    default: false,
    title: "Search engines",
    description: "Whether search engines may list the status pages.",
    type: "boolean",
    examples: [false],
  }),
  entryPage: setting(entryPage, {
    default: "dashboard",
    title: "Entry page",
    description: "What the server's own address leads to: `dashboard`, or the slug of a status page.",
    type: "string",
    pattern: slugPattern,
    examples: ["dashboard", "main"],
  }),
  tlsExpiryNotifyDays: setting(days, {
    default: [7, 14, 21],
    ...daysSchema,
    title: "Certificate warnings",
    description: "At how many days before a certificate expires notifications go out.",
    examples: [[7, 14, 21]],
  }),
  domainExpiryNotifyDays: {
    ...setting(days, {
      default: [7, 14, 21],
      ...daysSchema,
      title: "Domain warnings",
      description: "At how many days before a domain expires notifications go out.",
      examples: [[7, 14, 21]],
    }),
    since: sinceDomains,
  },
  nscd: setting(boolean, {
    default: true,
    title: "Name service cache",
    description: "Whether the container runs nscd, which caches DNS answers.",
    type: "boolean",
    examples: [true],
  }),
  chromeExecutable: setting(optionalText, {
    title: "Chrome executable",
    description: "The browser of real-browser monitors. A change closes the running one.",
    type: "string",
    examples: ["/usr/bin/chromium"],
  }),
  steamAPIKey: {
    ...setting(optionalText, {
      title: "Steam API key",
      description: "For monitors of Steam game servers.",
      type: "string",
      examples: ["${env:STEAM_API_KEY}"],
    }),
    isSensitive: true,
  },
  globalpingApiToken: {
    ...setting(optionalText, {
      title: "Globalping token",
      description: "For monitors that check through Globalping; without it fewer checks are free.",
      type: "string",
      examples: ["${env:GLOBALPING_TOKEN}"],
    }),
    isSensitive: true,
    since: sinceDomains,
  },
  trustProxy: setting(boolean, {
    default: false,
    title: "Trust proxy",
    description:
      "Whether the server believes what a proxy says of the client's address. Without a proxy in front, anybody can say it. Needs `allowRisky: [trustProxy]`.",
    type: "boolean",
    examples: [true],
  }),
  allowRisky: {
    ...setting(consent, {
      title: "Allow risky settings",
      description: "Settings that decide whom the server believes, named here to be changed all the same.",
      type: "array",
      items: { type: "string", enum: riskySettings },
      minItems: 1,
      examples: [["trustProxy"]],
    }),
    kuma: "trustProxy",
    // Read by kuma-sync only; the server does not get it.
    isSeparate: true,
    isObservable: (row) => row["trustProxy"] === true,
  },
};

/** The default is the value that the server uses until the setting is saved (docs/upstream/uptime-kuma.md#settings). */
function setting(codec: Codec, schema: JsonSchema): Field {
  const unset = schema["default"];
  const fromKuma: Codec["fromKuma"] = (wire, referenceOf) => codec.fromKuma(wire ?? unset, referenceOf);
  return { codec: { ...codec, fromKuma }, schema, isKeptUnlessWritten: true };
}
