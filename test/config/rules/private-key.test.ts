import { describe, expect, it } from "vitest";
import { keyProblem } from "../../../src/config/rules/private-key.ts";

/** What follows the magic word: the name of the cipher. No key is in it. */
function openSsh(cipher: string): string {
  const length = String.fromCodePoint(0, 0, 0, cipher.length);
  const body = Buffer.from(`openssh-key-v1\0${length}${cipher}${"\0".repeat(60)}`, "latin1").toString("base64");
  return pem("OPENSSH", (body.match(/.{1,70}/gu) ?? []).join("\n"));
}

function pem(form: string, body = "MIIEow\nIBAAKC"): string {
  const kind = form === "" ? "PRIVATE KEY" : `${form} PRIVATE KEY`;
  return `-----BEGIN ${kind}-----\n${body}\n-----END ${kind}-----\n`;
}

const open = openSsh("none");
const encrypted = openSsh("aes256-ctr");
const oldEncrypted = pem("RSA", "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nMIIEow");

// As ssh2 1.17 took or refused each (docs/upstream/uptime-kuma.md#ssh-keys).
describe("a key that works", () => {
  it.each([
    ["OpenSSH", open],
    ["trimmed", open.trim()],
    ["with CRLF", open.replaceAll("\n", "\r\n")],
    ["with blank lines around it", `\n${open}\n`],
    ["RSA", pem("RSA")],
    ["EC", pem("EC")],
    ["DSA", pem("DSA")],
  ])("%s, with a passphrase or without", (_, key) => {
    expect([keyProblem(key, false), keyProblem(key, true)]).toEqual([undefined, undefined]);
  });

  it.each([encrypted, oldEncrypted])("an encrypted one needs its passphrase", (key) => {
    expect(keyProblem(key, true)).toBeUndefined();
    expect(keyProblem(key, false)?.what).toBe("encrypted, and there is no sshPassphrase");
  });
});

describe("a key that does not", () => {
  it.each([
    ["ssh-ed25519 AAAAC3Nz me@host", "the public half"],
    ["ecdsa-sha2-nistp256 AAAAE2 me@host", "the public half"],
    ["---- BEGIN SSH2 PUBLIC KEY ----\nAAAA\n---- END SSH2 PUBLIC KEY ----", "the public half"],
    ["-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----", "the public half"],
    ["-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----", "a certificate"],
    [pem(""), "a PKCS#8 key"],
    [pem("ENCRYPTED"), "a PKCS#8 key"],
    ["PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none", "a PuTTY key"],
    [open.trim().replaceAll("\n", String.raw`\n`), String.raw`written with \n`],
    [open.replaceAll("\n", " "), "on one line"],
    ["~/.ssh/id_ed25519", "not the text of a key"],
    ["/run/secrets/sftp", "not the text of a key"],
    ["hunter2", "not the text of a key"],
    [open.replaceAll(/^/gmu, "  "), "not only a private key"],
    [`${open}and a comment`, "not only a private key"],
    [`key:\n${open}`, "not only a private key"],
    [open.replace("-----END OPENSSH", "-----END RSA"), "not only a private key"],
    [open.split("\n").slice(0, -2).join("\n"), "not only a private key"],
  ])("%j is %s", (key, what) => {
    for (const isOpened of [false, true]) expect(keyProblem(key, isOpened)?.what).toMatch(what);
  });

  it("says nothing of the key itself", () => {
    const secret = "s3cr3tBody";
    for (const key of [secret, pem("", secret), `${pem("RSA", secret)}x`, `ssh-rsa AAAA${secret}`])
      expect(JSON.stringify(keyProblem(key, false))).not.toContain(secret);
  });
});
