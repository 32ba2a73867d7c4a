/** All files of other tools that are known. A new one is a function in a file beside this one and a line in its list. */
import { ansible } from "./ansible.ts";
import { containers } from "./containers.ts";
import { entriesOfNode, type ForeignFile, type OpenedText } from "./foreign-file.ts";
import { monitoringTools } from "./monitoring-tools.ts";
import { otherFormats } from "./other-formats.ts";
import { templateInParsed } from "./template-text.ts";
import { terraform } from "./terraform.ts";
import { uptimeKumaData } from "./uptime-kuma-data.ts";

const recognisers = [...otherFormats, ...containers, ...monitoringTools, ...terraform, ...ansible, ...uptimeKumaData];

/** What the file is; undefined for a configuration, also for one with mistakes. */
export function foreignFile(opened: OpenedText): ForeignFile | undefined {
  const [root] = opened.roots;
  const entries = entriesOfNode(root);
  // Only our own files say whose objects these are.
  if (entries.has("project")) return templateInParsed(opened);
  for (const recognise of recognisers) {
    const found = recognise(opened);
    if (found !== undefined) return found;
  }
  return templateInParsed(opened);
}
