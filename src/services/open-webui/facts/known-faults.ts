/** Facts of releases that change what a monitor means and should be told, in words for users. */
import { factsByRelease, holds, isUntested, newestTestedOpenWebUI, type FactOfRelease } from "./facts-by-release.ts";

export interface KnownFault {
  readonly id: keyof typeof knownFaults;
  readonly severity: "error" | "warning" | "info";
  readonly message: string;
  readonly hint: string;
  /** Reports in Open WebUI's own issue tracker, if there are any. */
  readonly reports?: readonly string[];
}

export const knownFaults = {
  "completions-always-fail": {
    severity: "error",
    message: "Open WebUI 0.9.5 answers every completion of an API client with status 400",
    hint: "upgrade to 0.9.6, or leave completions out until then",
    reports: ["open-webui/open-webui#24564"],
  },
  "completions-answer-null": {
    severity: "warning",
    message: "Open WebUI 0.6.27 to 0.9.1 answers a failed completion with status 200 and the body null",
    hint: "check the reply, not only its status; fixed in 0.9.2",
    reports: ["open-webui/open-webui#23924"],
  },
  "stale-model-list": {
    severity: "info",
    message: `from Open WebUI ${factsByRelease["stale-model-list"].since} on, /api/models repeats its last good list when every provider is down`,
    hint: "watch /openai/models or /ollama/api/tags as well: they ask the providers each time",
  },
  "allow-list-covers-all-paths": {
    severity: "info",
    message: "Open WebUI 0.6.37 to 0.8.12 applies the list of allowed endpoints to every path, also to /health",
    hint: "send no key to /health",
  },
  "database-check-sticks": {
    severity: "info",
    message: "before Open WebUI 0.9.6, /health/db may keep failing after one passing error until a restart",
    hint: "watch /ready instead, from 0.8.11 on",
    reports: ["open-webui/open-webui#24605"],
  },
} as const satisfies Partial<Record<FactOfRelease, Omit<KnownFault, "id">>>;

/** What to say of a release that is newer than every tested one; undefined for any other. */
export function untestedWords(
  version: string | undefined,
): { readonly message: string; readonly hint: string } | undefined {
  if (version === undefined || !isUntested(version)) return undefined;
  return {
    message: `Open WebUI ${version} is newer than ${newestTestedOpenWebUI}, the newest that kuma-sync was tested with`,
    hint: "it is treated like the newest tested release; look for a newer kuma-sync",
  };
}

/** The faults of a version; empty if the version is not known. */
export function faultsOf(version: string | undefined): readonly KnownFault[] {
  return Object.entries(knownFaults).flatMap(([name, fault]) => {
    const id = name as KnownFault["id"];
    return holds(id, version) === true ? [{ id, ...fault }] : [];
  });
}
