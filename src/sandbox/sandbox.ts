/** A local Uptime Kuma in a temporary folder. */
export interface Sandbox {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly url: string;
  /** `2.0.0-dev.0` from npm, or the name of a Docker image. */
  readonly version: string;
  readonly via: "docker" | "npm";
  /** The folder of the server's data: on this machine, or inside the container. */
  readonly dataDir: string;
  /** How the server reaches a port on this machine's loopback: `127.0.0.1`, or the host's name inside a container. */
  readonly loopback: string;
  /** The server's process, or that of the Docker client; undefined while it does not run. */
  readonly pid: number | undefined;
  /** Resolves when the server and its folder are gone. May be called again. */
  stop(): Promise<void>;
  /** Sends SIGKILL, for tests of faults; the data stays until `stop`. */
  kill(): void;
  /** Kills the server if it runs, and starts it again on the same port with the same data. Only with npm. */
  restart(): Promise<void>;
}

export interface SandboxOptions {
  /** Called with one line, without a line break, while something takes long. */
  readonly onProgress?: ((text: string) => void) | undefined;
  /** By default a free port. */
  readonly port?: number | undefined;
  /** Where the npm package is kept; by default `KUMA_SYNC_CACHE_DIR`, or `kuma-sync` in the user's cache folder. */
  readonly cacheDir?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** `auto`, the default, means Docker if its daemon answers and npm otherwise. */
  readonly via?: "auto" | "docker" | "npm" | undefined;
  /** Whether the database is already chosen; true by default. False leaves the database wizard of 2.x open. */
  readonly databaseReady?: boolean | undefined;
}

/** What differs between a server from npm and one in Docker. */
export interface ServerLauncher {
  readonly via: Sandbox["via"];
  readonly version: string;
  readonly loopback: string;
  /** Milliseconds that a start may take. */
  readonly startLimit: number;
  /** The command for a server on this port of 127.0.0.1. `folder` is empty, and is removed with the sandbox. */
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
  /** A text in the log as soon as the server has the port; undefined if the log is not reliable. */
  readonly listening: RegExp | undefined;
}
