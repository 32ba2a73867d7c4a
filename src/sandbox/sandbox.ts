/** A throwaway local Uptime Kuma. */
export interface Sandbox {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly url: string;
  /** What runs: `2.0.0-dev.0` from npm, or the name of an image. */
  readonly version: string;
  readonly via: "docker" | "npm";
  /** Where the server keeps its data: a folder here, or inside the container. */
  readonly dataDir: string;
  /** How the server reaches a port on this machine's loopback: `127.0.0.1`, or the host's name inside a container. */
  readonly loopback: string;
  /** The server's process, or that of the Docker client; undefined while it does not run. */
  readonly pid: number | undefined;
  /** Resolves when the server and its folder are gone. May be called again. */
  stop(): Promise<void>;
  /** SIGKILL, for tests of faults; the data stays until `stop`. */
  kill(): void;
  /** Starts the server again on the same port with the same data, killing it first if it runs. Only via npm. */
  restart(): Promise<void>;
}

export interface SandboxOptions {
  /** Called with one line at a time, without an end of line, while something takes long. */
  readonly onProgress?: ((text: string) => void) | undefined;
  /** A free one by default. */
  readonly port?: number | undefined;
  /** Where the npm package is kept; by default `KUMA_SYNC_CACHE_DIR`, or `kuma-sync` in the user's cache folder. */
  readonly cacheDir?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** `auto`, the default: Docker if its daemon answers, npm otherwise. */
  readonly via?: "auto" | "docker" | "npm" | undefined;
  /** Whether the database is chosen already (true by default). False leaves the wizard of 2.x open. */
  readonly databaseReady?: boolean | undefined;
}

/** What runs the server: what differs between npm and Docker. */
export interface ServerLauncher {
  readonly via: Sandbox["via"];
  readonly version: string;
  readonly loopback: string;
  /** Milliseconds that a start may take. */
  readonly startLimit: number;
  /** What to run, so that the server listens on the port of 127.0.0.1. `folder` is empty and ends with the sandbox. */
  launch(place: { readonly port: number; readonly folder: string; readonly databaseReady: boolean }): Promise<Launch>;
}

interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly dataDir: string;
  /** Added to the server's environment. */
  readonly env: Readonly<Record<string, string>>;
  /** See GuardTask. */
  readonly cleanup: readonly string[];
  /** In the log once the server has the port; undefined where the log cannot be relied upon. */
  readonly listening: RegExp | undefined;
}
