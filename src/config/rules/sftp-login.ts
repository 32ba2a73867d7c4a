import { pointerTo } from "../../model/json.ts";
import type { DeclaredEntity } from "../config.ts";
import { isWithheld, isWritten, type EntityFinding } from "../entity-finding.ts";
import { keyProblem } from "./private-key.ts";
import type { EntityRule } from "./rule.ts";
import { hasOwnValue, hasWrittenValue } from "./written-value.ts";

/** What an SFTP check logs in with, and what it cannot see (docs/upstream/uptime-kuma.md#sftp). The server checks nothing of it. */
export const sftpLogin: EntityRule = {
  name: "sftp-login",
  kind: "monitor",
  checkEach(entity) {
    if (entity.variant.type !== "sftp" || isWithheld(entity, "/sshAuthMethod")) return [];
    if (entity.provenance.get("/sshAuthMethod")?.isBroken === true) return [];
    const method = entity.canonical["sshAuthMethod"];
    if (method !== "password" && method !== "privateKey") return [];
    const missing = missingSecret(entity, method);
    if (missing !== undefined) return [missing];
    const ofMethod = method === "password" ? trusting(entity) : unreadable(entity);
    return [...unused(entity, method), ...ofMethod, freezing];
  },
};

const usedBy = { password: ["sshPassword"], privateKey: ["sshPrivateKey", "sshPassphrase"] } as const;
type Method = keyof typeof usedBy;

function missingSecret(entity: DeclaredEntity, method: Method): EntityFinding | undefined {
  const [needed] = usedBy[method];
  const isThere = typeof entity.canonical[needed] === "string" || isWithheld(entity, pointerTo(needed));
  if (isThere || entity.provenance.get(pointerTo(needed))?.isBroken === true) return undefined;
  const said = isWritten(entity, "sshAuthMethod");
  const pointer = said ? "/sshAuthMethod" : "";
  if (method === "privateKey") {
    const hint = "for example sshPrivateKey: ${env:SFTP_KEY}";
    return { code: "KS1407", severity: "error", message: `sshAuthMethod: ${method} needs "${needed}"`, hint, pointer };
  }
  if (!said && hasWrittenValue(entity, "sshPrivateKey")) {
    return {
      code: "KS1407",
      severity: "error",
      message: "sshPrivateKey is used only with sshAuthMethod: privateKey",
      hint: "write sshAuthMethod: privateKey",
      why: "without it the check logs in with a password, and there is none",
      pointer: "/sshPrivateKey",
      isAboutKey: true,
      ...(hasOwnValue(entity, "sshPrivateKey")
        ? { repair: { type: "add", key: "sshAuthMethod", value: "privateKey" } as const }
        : {}),
    };
  }
  return {
    code: "KS1407",
    severity: "error",
    message: said ? `sshAuthMethod: password needs "sshPassword"` : `the login needs "sshPassword", or a key`,
    hint: said
      ? "for example sshPassword: ${env:SFTP_PASSWORD}"
      : "write sshPassword: ${env:SFTP_PASSWORD}, or sshAuthMethod: privateKey and sshPrivateKey: ${env:SFTP_KEY}",
    pointer,
  };
}

function unused(entity: DeclaredEntity, method: Method): readonly EntityFinding[] {
  const others = usedBy[method === "password" ? "privateKey" : "password"].filter((name) => hasOwnValue(entity, name));
  const [first] = others;
  if (first === undefined) return [];
  const names = others.map((name) => `"${name}"`).join(" and ");
  const shown = isWritten(entity, "sshAuthMethod") ? `sshAuthMethod: ${method}` : "the login with a password";
  return [
    {
      code: "KS1416",
      severity: "warning",
      message: `${shown} does not use ${names}`,
      hint: method === "password" ? `remove ${names}, or write sshAuthMethod: privateKey` : `remove ${names}`,
      pointer: pointerTo(first),
      isAboutKey: true,
    },
  ];
}

/** The library's time limit ends with the login. */
const freezing: EntityFinding = {
  code: "KS1443",
  severity: "info",
  message: "if the server hangs after the login, the check never ends, and the monitor keeps its last status",
  hint: "let what uses the server report to a push monitor too",
  pointer: "/type",
};

const ownHost = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/iu;

/** A password goes to whatever answers; a key does not leave the server. */
function trusting(entity: DeclaredEntity): readonly EntityFinding[] {
  const host = entity.canonical["hostname"];
  if (isWithheld(entity, "/hostname") || (typeof host === "string" && ownHost.test(host))) return [];
  return [
    {
      code: "KS1441",
      severity: "warning",
      message: "Uptime Kuma does not verify host keys: whatever answers at this address gets the password",
      hint: "write sshAuthMethod: privateKey, with a key that may do nothing else",
      pointer: "/sshPassword",
      isAboutKey: true,
    },
  ];
}

function unreadable(entity: DeclaredEntity): readonly EntityFinding[] {
  const key = entity.canonical["sshPrivateKey"];
  if (typeof key !== "string" || isWithheld(entity, "/sshPrivateKey")) return [];
  const isOpened = typeof entity.canonical["sshPassphrase"] === "string" || isWithheld(entity, "/sshPassphrase");
  const problem = keyProblem(key, isOpened);
  if (problem === undefined) return [];
  return [
    {
      code: "KS1442",
      severity: "error",
      message: `sshPrivateKey is ${problem.what}: every check would fail`,
      hint: problem.hint,
      pointer: "/sshPrivateKey",
    },
  ];
}
