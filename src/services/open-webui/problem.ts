/** Problems of monitors of an Open WebUI, as values. `src/config/` gives them codes and places. */
import type { JsonPointer } from "../../model/json.ts";

/** Every rule, with the title of its page. */
export const openWebUIRules = {
  // The block itself
  "url-with-path": "address of an Open WebUI ends in one of its own paths",
  "missing-api-key": "models are named, but no API key",
  "duplicate-model": "model is named twice",
  "model-key-taken": "two models would have the same key",
  "unknown-completion": "completion of a model that is not named",
  "unknown-override": "override of a monitor that does not exist",
  // Requests
  "wrong-method": "Open WebUI answers this method with a web page",
  "trailing-slash": "Open WebUI answers this slash with a web page",
  "unknown-path": "Open WebUI answers this path with a web page",
  "path-too-new": "path is newer than this Open WebUI",
  "key-on-health": "API key is sent where none is needed",
  "key-header-too-new": "header for keys is newer than this Open WebUI",
  "status-only": "status code alone proves too little",
  // Model lists
  "stale-model-list": "model list stays green when every provider is down",
  "any-model-counts": "monitor does not detect the loss of one provider",
  "model-without-tag": "Ollama model is named without its tag",
  "short-timeout": "timeout is shorter than Open WebUI's own",
  "too-frequent": "interval is shorter than such a request should have",
  // Completions
  "completions-always-fail": "this Open WebUI refuses every completion of an API client",
  "completions-answer-null": "this Open WebUI answers a failed completion with status 200",
  "fooled-by-text": "keyword HEALTHY also matches UNHEALTHY",
  "temperature-refused": "reasoning model refuses a temperature",
  "parameters-dropped": "Open WebUI drops these parameters for Ollama",
  "session-fields": "body has fields of a chat session",
  "streamed-reply": "reply comes as an event stream",
  "same-second": "completions may fall on the same second",
} as const satisfies Record<string, string>;

type OpenWebUIRule = keyof typeof openWebUIRules;

export interface OpenWebUIProblem {
  readonly rule: OpenWebUIRule;
  readonly severity: "error" | "warning" | "info";
  /** One sentence in lower case, without a full stop. Holds no value of a header. */
  readonly message: string;
  /**
   * Pointer into the input: into the `openWebUI` section for its expansion, into the map of monitors for their check.
   */
  readonly pointer: JsonPointer;
  /** What to write instead. */
  readonly hint?: string;
  /** The reason for the rule. */
  readonly why?: string;
}
