/** What `init --detect` recognised and wrote, and what to do next. */
import { inert } from "../inert.ts";
import type { Style } from "../style.ts";

interface WrittenServices {
  /** As the user named it. */
  readonly path: string;
  /** Whether commands find the file without `-f`. */
  readonly isUsualFile: boolean;
  readonly recognised: readonly {
    readonly title: string;
    readonly address: string;
    readonly version: string | undefined;
  }[];
}

export function renderDetected({ path, isUsualFile, recognised }: WrittenServices, style: Style): string {
  const file = isUsualFile ? "" : ` -f ${inert(path)}`;
  const found = recognised.map(({ title, address, version }) => {
    const release = version === undefined ? "of unknown release" : inert(version);
    return `  ${style.bold(title)} ${release} at ${inert(address)}`;
  });
  return [
    `${style.green("Written:")} ${inert(path)}, for`,
    ...found,
    "",
    "Next:",
    "  look at the file: keys are not in it, and what needs one is in comments",
    `  kuma-sync doctor${file}`,
    `  kuma-sync plan${file}`,
    "",
  ].join("\n");
}

/** `what` says what answers; `isAnswered` whether anything does. */
export function unknownAnswerText(address: string, what: string, isAnswered: boolean): string {
  const end = isAnswered ? "; it is none of the services that kuma-sync knows" : "";
  return `note: ${inert(address)}: ${inert(what)}${end}\n`;
}

/** Where an address had a password in it. */
export const credentialsText =
  "note: credentials of an address are not written: add them to its url with ${env:NAME}, if Uptime Kuma needs them\n";
