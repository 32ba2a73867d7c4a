/** The documents of `--format json`: `kuma-sync.plan` is the type of the document `plan`. */

/** Each has a schema in `schemas/`, which `schema NAME` prints. */
export const documentNames = [
  "bootstrap",
  "code",
  "codes",
  "diagnosis",
  "drill",
  "error",
  "explanation",
  "findings",
  "import",
  "init",
  "notification-test",
  "plan",
  "push-urls",
  "query",
  "report",
  "sandbox",
  "silences",
  "snapshot",
  "status",
  "targets",
  "test",
  "version",
] as const;
export type DocumentName = (typeof documentNames)[number];
