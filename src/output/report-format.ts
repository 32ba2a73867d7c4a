/** The formats of a run, and which of them each command has. */

/** Formats for stdout. */
export const outputFormats = ["human", "json", "markdown", "github"] as const;
export type OutputFormat = (typeof outputFormats)[number];

export type ReportFormat = "json" | "markdown" | "github" | "html" | "sarif" | "junit";

/** For `--report FORMAT=FILE`. */
export const reportFormats = {
  validate: ["json", "sarif", "github", "markdown"],
  plan: ["json", "markdown", "github", "html"],
  apply: ["json", "markdown", "github", "html"],
  test: ["json", "junit"],
  drill: ["json", "junit", "markdown", "github", "html"],
} as const satisfies Readonly<Record<string, readonly ReportFormat[]>>;

export type ReportingCommand = keyof typeof reportFormats;
