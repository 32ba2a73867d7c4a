/** Writes a first `monitors.yaml` for an Open WebUI, with comments that explain the lines. */
import { baseUrl } from "../../blocks/base-url.ts";
import { starterNotifications, starterText } from "../../init/starter-text.ts";
import { guessProvider, isBareOllamaName, watchedModel } from "../block/watched-model.ts";
import { splitAddress } from "../../requests/ask.ts";
import type { InstanceModel } from "../requests/read-instance.ts";
import { holds, newestTestedOpenWebUI, sinceOf } from "../facts/facts-by-release.ts";

export interface StarterOptions {
  /** Credentials in it are removed. */
  readonly url: string;
  readonly version?: string | undefined;
  /**
   * The models that the account can see; undefined if they were not asked for. The first of each kind of provider is
   * watched, and the others are suggested in comments.
   */
  readonly models: readonly InstanceModel[] | undefined;
  /** Ids of the models to watch instead of the first ones, listed or not. */
  readonly watch?: readonly string[];
  /** Letters, digits, dot, dash and underscore. Default: open-webui. */
  readonly project?: string | undefined;
}

/** Some instances have hundreds of models; more suggestions would not be read. */
const mostProposed = 20;

export function writeStarterConfig(options: StarterOptions): string {
  const { url, version, models, watch = [], project = "open-webui" } = options;
  const watched = watch.length > 0 ? watch.map((id) => listedModel(id, models)) : firstOfEachProvider(models ?? []);
  return [
    "# Watches Open WebUI on three levels: is it up, are its models there, do they answer.",
    "#",
    "#   kuma-sync plan     what would change",
    "#   kuma-sync apply    change it",
    "#",
    "# `kuma-sync plan --full` shows every monitor that this file creates.",
    "version: 1",
    `project: ${starterText(project)}`,
    "",
    "openWebUI:",
    "  main:",
    "    # The address for Uptime Kuma, which may differ from the one in your browser.",
    `    url: ${starterText(splitAddress(baseUrl(url)).address)}`,
    ...versionLines(version),
    ...readyLines(version),
    "    # Goes red when Open WebUI has no users any more, for example because its volume is gone.",
    "    volume: true",
    ...(watched.length > 0 ? watchedLines({ watched, models, version }) : laterLines(models)),
    "",
    ...starterNotifications,
  ].join("\n");
}

function versionLines(version: string | undefined): readonly string[] {
  const about = "    # Its release; `kuma-sync validate` reports what that release cannot do.";
  return version === undefined
    ? [about, `    # version: "${newestTestedOpenWebUI}"`]
    : [about, `    version: ${starterText(version)}`];
}

/** Before 0.8.11 this path is the web page, so the monitor would always be down. */
function readyLines(version: string | undefined): readonly string[] {
  if (holds("ready", version) === true)
    return ["    # Also watches its database, and Redis if it uses one.", "    ready: true"];
  return [
    `    # Also watches its database, and Redis if it uses one; needs Open WebUI ${sinceOf("ready")}.`,
    "    # ready: true",
  ];
}

const keyLine = "apiKey: ${env:OPEN_WEBUI_API_KEY}";

function watchedLines({ watched, models = [], version }: Watched): readonly string[] {
  const proposed = models.filter((model) => !watched.some(({ id }) => id === model.id));
  const more = proposed.length - mostProposed;
  return [
    "    # The key of an account for monitoring, with the role user and read access to the models below.",
    `    ${keyLine}`,
    "    # Checks for each model that the account may use it, that its provider lists it, and that it answers.",
    "    models:",
    ...watched.map((model, index) => `      - ${writtenModel(model, watched.slice(0, index))}`),
    ...proposed.slice(0, mostProposed).map((model) => `      # - ${writtenModel(model)}`),
    ...(more > 0 ? [`      # and ${more} more that the account sees`] : []),
    ...manualLines(watched),
    ...completionLines(version),
  ];
}

/** Only a completion sees that such a provider is dead (docs/upstream/open-webui.md#when-providers-are-down). */
function manualLines(watched: readonly InstanceModel[]): readonly string[] {
  const ids = watched.filter(({ isManual }) => isManual === true).map(({ id }) => starterText(id));
  if (ids.length === 0) return [];
  return [
    `    # ${ids.join(", ")}: the connection has model ids written by hand, so Open WebUI lists them without asking the`,
    "    # provider. Keep the completions: nothing else goes red when that provider is dead.",
  ];
}

interface Watched {
  readonly watched: readonly InstanceModel[];
  readonly models: readonly InstanceModel[] | undefined;
  readonly version: string | undefined;
}

/** Only suggestions that work without further settings or grants. */
function laterLines(models: readonly InstanceModel[] | undefined): readonly string[] {
  return [
    models === undefined
      ? "    # Watching models needs a key of an account for monitoring, with the role user and read access to the models."
      : "    # The key's account sees no model yet: grant it read access to the models to watch.",
    "    # `kuma-sync bootstrap --open-webui` creates the account, the key and the grants. Then set OPEN_WEBUI_API_KEY and",
    "    # uncomment these lines. They check for each model that the account may use it, that its provider lists it, and",
    "    # that it answers.",
    `    # ${keyLine}`,
    '    # models: [gpt-4o, "llama3.1:latest"]',
    "    # A completion costs about 20 tokens, 288 times a day at 300 s.",
    '    # completions: { "*": { interval: 5m } }',
  ];
}

function listedModel(id: string, models: readonly InstanceModel[] = []): InstanceModel {
  return models.find((model) => model.id === id) ?? { id, provider: guessProvider(id) };
}

function firstOfEachProvider(models: readonly InstanceModel[]): readonly InstanceModel[] {
  const hosted = models.find(({ provider }) => provider === "openai");
  const local = models.find(({ provider }) => provider === "ollama");
  const found = [hosted, local].filter((model) => model !== undefined);
  return found.length > 0 ? found : models.slice(0, 1);
}

/**
 * Writes only what cannot be derived from the id. It writes a key if the id's own key would be too long or is used by
 * one of `others`.
 */
function writtenModel({ id, provider }: InstanceModel, others: readonly InstanceModel[] = []): string {
  const { key } = watchedModel(id, "");
  const isTaken = others.some((other) => watchedModel(other.id, "").key === key);
  const own = [
    ...(isTaken || key.length > 60 ? [`key: ${starterText(`${key.slice(0, 60)}-${provider}`)}`] : []),
    ...(provider === guessProvider(id) && !isBareOllamaName(id) ? [] : [`provider: ${provider}`]),
  ];
  return own.length === 0 ? starterText(id) : `{ id: ${starterText(id)}, ${own.join(", ")} }`;
}

function completionLines(version: string | undefined): readonly string[] {
  const about = [
    "    # A completion costs about 20 tokens, 288 times a day at 300 s; with Ollama an interval below its keep-alive (5 minutes)",
    "    # keeps the model in memory.",
  ];
  if (holds("completions-always-fail", version) === true) {
    return [
      "    # Open WebUI 0.9.5 refuses every completion of an API client; remove this line after the upgrade.",
      "    completions: false",
    ];
  }
  return [...about, '    completions: { "*": { interval: 5m } }'];
}
