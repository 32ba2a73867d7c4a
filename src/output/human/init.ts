/** What `init` wrote, and what to do next. */
import { inert } from "../inert.ts";
import type { Style } from "../style.ts";
import { plural } from "../words/counts.ts";

interface WrittenConfiguration {
  /** As the user named it. */
  readonly path: string;
  /** Whether commands find the file without `-f`. */
  readonly isUsualFile: boolean;
  /** Address of the Open WebUI. */
  readonly url: string;
  /** Whether kuma-sync sent requests to the Open WebUI. */
  readonly isAsked: boolean;
  /** Whether the file refers to an API key. */
  readonly hasKey: boolean;
  /** The release; undefined if it is not known. */
  readonly version: string | undefined;
  /** The number of models; undefined if they were not listed. */
  readonly modelCount: number | undefined;
}

export function renderInit(written: WrittenConfiguration, style: Style): string {
  const { path, isUsualFile, url, isAsked, hasKey, version, modelCount } = written;
  const file = isUsualFile ? "" : ` -f ${inert(path)}`;
  const release = version === undefined ? "" : ` ${inert(version)}`;
  const found = modelCount === undefined ? "its models were not listed" : `found ${plural(modelCount, "model")}`;
  const about = isAsked ? `for Open WebUI${release}, ${found}` : `for an Open WebUI at ${url}, which was not asked`;
  return [
    `${style.green("Written:")} ${inert(path)}, ${about}.`,
    "",
    "Next:",
    ...(isAsked ? [] : ["  look at the url, and write the release that it has"]),
    ...(hasKey
      ? ["  put the key into the environment, as OPEN_WEBUI_API_KEY"]
      : ["  make a key for an account with the role user, and take in what is commented out"]),
    `  kuma-sync validate${file}`,
    `  kuma-sync plan${file}`,
    "",
  ].join("\n");
}

/** For a model that the file watches and that the account of the key cannot see. */
export function invisibleModelText(id: string): string {
  return `note: the account does not see ${inert(id)}: grant it, or look at its name\n`;
}
