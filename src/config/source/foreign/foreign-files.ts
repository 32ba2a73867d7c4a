/** All known files of other tools. A new one is a function in a file of this folder and a line in the list there. */
import { ansible } from "./ansible.ts";
import { containers } from "./containers.ts";
import { entriesOfNode, type ForeignFile, type OpenedText } from "./foreign-file.ts";
import { monitoringTools } from "./monitoring-tools.ts";
import { otherFormats } from "./other-formats.ts";
import { templateInParsed } from "./template-text.ts";
import { terraform } from "./terraform.ts";
import { uptimeKumaData } from "./uptime-kuma-data.ts";

/** The kind of file; undefined for a configuration, even with mistakes. */
export function foreignFile(opened: OpenedText): ForeignFile | undefined {
  const [root] = opened.roots;
  const entries = entriesOfNode(root);
  // Only configurations of kuma-sync have `project`.
  if (entries.has("project")) return templateInParsed(opened);
  const recognisers = [...otherFormats, ...containers, ...monitoringTools, ...terraform, ...ansible, ...uptimeKumaData];
  for (const recognise of recognisers) {
    const found = recognise(opened);
    if (found !== undefined) return found;
  }
  return templateInParsed(opened);
}
