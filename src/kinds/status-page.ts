/**
 * Status pages. They have no place for a marker; the project's ledger has their ids, and their slug identifies them
 * otherwise.
 */
import { InternalError, KumaError } from "../model/errors.ts";
import type { KumaClient } from "../model/kuma-client.ts";
import { toNumber } from "./codecs/number.ts";
import { toText } from "./codecs/text.ts";
import type { Kind, Variant } from "./kind.ts";
import { toPayload } from "./spec.ts";
import { noteSlug, slugNow } from "./status-page/known-slugs.ts";
import { pageFields, slugOfKey } from "./status-page/page-fields.ts";
import { groupsField } from "./status-page/public-groups.ts";
import { pageRows, readConfig } from "./status-page/read-pages.ts";
import { parkPage, savePage } from "./status-page/save-page.ts";

const statusPageVariant: Variant = {
  type: undefined,
  summary: "A page that shows visitors how groups of monitors are doing.",
  isOpen: false,
  fields: { ...pageFields, groups: groupsField },
  required: ["title"],
  nameOf: ({ slug }, key) => toText(slug) ?? slugOfKey(key),
  nameField: "slug",
  leftOut: {
    published: "Uptime Kuma has no way to change it: every page is public",
    incidents: "incidents are the work of people, and are left alone",
    password: "Uptime Kuma has the column and does not use it",
    domainNameList: 'write it as "domainNames"',
    publicGroupList: 'write it as "groups"',
    googleAnalyticsId: 'write "analyticsType: google" and "analyticsId"',
  },
  example: {
    title: "Acme status",
    slug: "acme",
    description: "How our services are doing.",
    theme: "dark",
    showCertificateExpiry: true,
    footerText: "Write to support@example.com.",
    groups: [{ name: "Services", monitors: ["api"] }],
  },
};

export const statusPage: Kind = {
  name: "status-page",
  section: "statusPages",
  list: "statusPageList",
  variants: [statusPageVariant],
  variant: () => statusPageVariant,
  // The icon is stored under the name that is used to save it, and the analytics of 2.0 under the names of 2.1.
  derivedKeys: new Set(["id", "icon", "googleAnalyticsId", "published"]),
  rows: pageRows,
  create: async ({ client, idOf }, { name, spec }) => {
    // Resolved before the page is created, because an unknown reference would leave an empty page.
    const payload = toPayload(statusPageVariant, spec, idOf, client.server.capabilities.release);
    await client.write("addStatusPage", payload["title"] ?? name, name);
    noteSlug(client, name, true);
    const id = await idOfPage(client, name);
    await savePage(client, name, { payload, keepsIcon: false, id });
    return id;
  },
  update: async ({ client, idOf }, { entity, observed, changes, parks }) => {
    const payload = toPayload(statusPageVariant, entity.spec, idOf, client.server.capabilities.release);
    const keepsIcon = !changes.some(({ path }) => path === "/icon");
    if (parks !== undefined) await parkPage(client, parks);
    await savePage(client, slugNow(client, observed), { payload, keepsIcon, id: observed.id });
  },
  remove: async ({ client }, page) => {
    const slug = slugNow(client, page);
    await client.write("deleteStatusPage", slug);
    noteSlug(client, slug, false);
  },
};

/** The server does not return the id of a new page, and pushes no list of pages. */
async function idOfPage(client: KumaClient, slug: string): Promise<number> {
  const config = await readConfig(client, slug);
  if (config === undefined) throw new KumaError("rejected", `status page ${slug} was made and is gone again`);
  const id = toNumber(config["id"]);
  if (id === null) throw new InternalError("the server told a status page without its id");
  return id;
}
