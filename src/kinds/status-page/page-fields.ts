/** The fields of a status page. Its groups of monitors are in public-groups.ts. */
import { isJsonObject, type Json } from "../../model/json.ts";
import type { Release } from "../../model/release.ts";
import { listOf } from "../codecs/list-of.ts";
import { optionalText, text, toText } from "../codecs/text.ts";
import type { Codec, Fields } from "../field.ts";
import { booleanField, optionalWordField, textField, wholeNumberField, wordField } from "../field-shapes.ts";

/** The release that added several kinds of analytics (docs/upstream/uptime-kuma.md#differences-between-releases). */
export const sinceAnalytics: Release = [2, 1, 0];

/** The icon of a page without its own, as the form sends it. */
const usualIcon = "/icon.svg";

/**
 * UTF-16 units of a PNG as a data URL. The server accepts messages of up to 1,000,000 bytes, and this one contains the
 * whole page.
 */
const maxIconLength = 800_000;

const icon: Codec = {
  normalise: toIcon,
  fromKuma: (wire) => toIcon(wire),
  toKuma: (canonical) => canonical ?? usualIcon,
};

function toIcon(value: Json | undefined): string | null {
  const given = toText(value);
  return given === "" || given === usualIcon ? null : given;
}

/** The page's editor starts with this text if there is none, and saves it with any other change (StatusPage.vue). */
const emptyCss = "body {}";

const css: Codec = {
  normalise: toCss,
  fromKuma: (wire) => toCss(wire),
  toKuma: (canonical) => canonical,
};

function toCss(value: Json | undefined): string | null {
  const given = toText(value)?.trim() ?? "";
  return given === "" || given.replaceAll(/\s+(?=\})|(?<=\{)\s+/gu, "") === emptyCss ? null : given;
}

/** A set; the server returns them in the order of its own table. */
const domainNames: Codec = {
  normalise: toDomains,
  fromKuma: (wire) => toDomains(wire),
  toKuma: (canonical) => canonical,
};

function toDomains(value: Json | undefined): string[] {
  const names = listOf(value).flatMap((item) => toText(item)?.trim().toLowerCase() || []);
  return [...new Set(names)].toSorted();
}

export const slugPattern = "^[a-z0-9]+(-[a-z0-9]+)*$";

export const pageFields = {
  slug: textField(
    {
      title: "Slug",
      description: "The last part of the page's address: /status/SLUG. Default: the key, in lower case, with dashes.",
      examples: ["main"],
      codec: text,
    },
    // The server's own rule, but without upper case, which it accepts and then cannot find
    // (docs/upstream/uptime-kuma.md#status-pages).
    { pattern: slugPattern, maxLength: 255 },
  ),
  title: textField(
    { title: "Title", description: "The heading of the page.", examples: ["Acme status"], codec: text },
    { minLength: 1, maxLength: 255 },
  ),
  description: textField({
    title: "Description",
    description: "Shown below the title. Markdown.",
    examples: ["How our services are doing."],
  }),
  icon: textField(
    {
      kuma: "imgDataUrl",
      title: "Icon",
      description:
        "A PNG file given as ${file:logo.png}, or an address. A file counts as a secret, as all files do, so a plan says only that the icon changes.",
      examples: ["${file:logo.png}", "https://example.com/logo.png"],
      codec: icon,
    },
    { pattern: "^(?!data:)|^data:image/png;base64,", maxLength: maxIconLength },
  ),
  theme: wordField({ title: "Theme", description: "The colours.", default: "auto" }, ["auto", "light", "dark"]),
  autoRefreshInterval: wholeNumberField(
    {
      title: "Refresh interval",
      description: "Seconds after which the page loads again; 0 for never.",
      default: 300,
      since: sinceAnalytics,
    },
    { minimum: 0 },
  ),
  showTags: booleanField({
    title: "Show tags",
    description: "Whether the tags of monitors are shown. Our own marker is one of them.",
    default: false,
  }),
  showPoweredBy: booleanField({
    title: "Powered by",
    description: "Whether the foot of the page names Uptime Kuma.",
    default: true,
  }),
  showCertificateExpiry: booleanField({
    title: "Show certificate expiry",
    description: "Whether the days that certificates have left are shown.",
    default: false,
  }),
  showOnlyLastHeartbeat: booleanField({
    title: "Show only the last heartbeat",
    description: "One state for each monitor in place of its history.",
    default: false,
    since: sinceAnalytics,
  }),
  domainNames: {
    kuma: "domainNameList",
    codec: domainNames,
    isExclusive: true,
    schema: {
      title: "Domain names",
      description: "Under these names the page is the server's front page. A name belongs to one page.",
      type: "array",
      items: { type: "string", pattern: String.raw`^\S+$` },
      default: [],
      examples: [["status.example.com"]],
    },
  },
  customCSS: textField({
    title: "Custom CSS",
    description: "Styles added to the page.",
    examples: [".footer { display: none; }"],
    codec: css,
  }),
  footerText: textField({
    title: "Footer",
    description: "Shown at the foot of the page. Markdown.",
    examples: ["Write to support@example.com."],
  }),
  rssTitle: textField({
    title: "RSS title",
    description: "The title of the page's RSS feed, where it is not the page's own.",
    examples: ["Acme incidents"],
    since: sinceAnalytics,
  }),
  analyticsType: optionalWordField(
    {
      title: "Analytics",
      description: "Who counts the visitors.",
      valuesSince: {
        umami: sinceAnalytics,
        plausible: sinceAnalytics,
        matomo: sinceAnalytics,
        rybbit: [2, 5, 0],
      },
    },
    ["google", "umami", "plausible", "matomo", "rybbit"],
  ),
  analyticsId: textField({
    title: "Analytics id",
    description: "The site's id there.",
    examples: ["G-ABC123"],
  }),
  analyticsScriptUrl: textField({
    title: "Analytics script",
    description: "The address of the script, where it is not Google's.",
    examples: ["https://stats.example.com/script.js"],
    since: sinceAnalytics,
    codec: optionalText,
  }),
} as const satisfies Fields;

/** The slug of a page without a written one. Keys may have dots and underscores, slugs only single dashes. */
export function slugOfKey(key: string): string {
  return key
    .toLowerCase()
    .split(/[._-]+/u)
    .filter((part) => part !== "")
    .join("-");
}

/** Up to 2.0, there is one kind of analytics, and its id has another name. */
export function analyticsOf(config: Json | undefined): { readonly analyticsType: Json; readonly analyticsId: Json } {
  const id = isJsonObject(config) ? (toText(config["googleAnalyticsId"]) ?? "") : "";
  return id === "" ? { analyticsType: null, analyticsId: null } : { analyticsType: "google", analyticsId: id };
}
