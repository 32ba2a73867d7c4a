/**
 * What is wrong with the text of an SSH private key, as ssh2 1.17 reads it, the library of Uptime Kuma's SFTP check
 * (docs/upstream/uptime-kuma.md#ssh-keys). A key is trimmed before it is sent, and CRLF is no problem.
 */

export interface KeyProblem {
  /** Follows "is". */
  readonly what: string;
  readonly hint: string;
}

/** The hint for a key in a form that the library does not read. */
const convert = "make one in OpenSSH's own form: ssh-keygen -t ed25519 -f sftp_key";

const problems: readonly (readonly [pattern: RegExp, problem: KeyProblem])[] = [
  [
    /^(?:ssh-|ecdsa-sha2-|sk-)\S+ +AAAA|^-----BEGIN (?:RSA )?PUBLIC KEY-----|^---- BEGIN SSH2 PUBLIC KEY ----/u,
    { what: "the public half of a key", hint: "the private half is in the file without .pub" },
  ],
  [
    /^-----BEGIN CERTIFICATE-----/u,
    { what: "a certificate, not a private key", hint: "write the private key of the user who logs in" },
  ],
  [
    /^-----BEGIN (?:ENCRYPTED )?PRIVATE KEY-----/u,
    { what: "a PKCS#8 key, a form that the check does not read", hint: convert },
  ],
  [
    /^PuTTY-User-Key-File-/u,
    {
      what: "a PuTTY key, a form that the check does not read",
      hint: "export it as an OpenSSH key (puttygen KEY.ppk -O private-openssh -o sftp_key)",
    },
  ],
  [
    /^-----BEGIN [^\n]*\\n/u,
    { what: String.raw`written with \n for its line breaks`, hint: "write it in a block (|), or as ${file:sftp_key}" },
  ],
  [
    /^-----BEGIN [^\n]*$/u,
    { what: "on one line, and a key needs its line breaks", hint: "write it in a block (|), or as ${file:sftp_key}" },
  ],
  [
    /^(?!-----)[^\n]*$/u,
    {
      what: "not the text of a key; a path is not read",
      hint: "write ${file:sftp_key}, a file in the configuration's folder, or ${env:SFTP_KEY}",
    },
  ],
];

/** Everything from `-----BEGIN X PRIVATE KEY-----` to its end, with nothing around it. */
const whole =
  /^-----BEGIN (?<form>OPENSSH|RSA|DSA|EC) PRIVATE KEY-----\n(?<body>[\s\S]*)\n-----END \k<form> PRIVATE KEY-----$/u;

/** Undefined for a key that can be read; `isOpened` says whether there is a passphrase. */
export function keyProblem(text: string, isOpened: boolean): KeyProblem | undefined {
  const key = text.replaceAll("\r\n", "\n").trim();
  const known = problems.find(([pattern]) => pattern.test(key))?.[1];
  if (known !== undefined) return known;
  const { form = "", body = "" } = whole.exec(key)?.groups ?? {};
  if (form === "" || /^[ \t]+\S/mu.test(body)) {
    return {
      what: "not only a private key",
      hint: "write all of its file, from -----BEGIN to -----END, and nothing else",
    };
  }
  const isEncrypted = form === "OPENSSH" ? isEncryptedOpenSsh(body) : /^Proc-Type: 4,ENCRYPTED$/mu.test(body);
  return isEncrypted && !isOpened
    ? { what: "encrypted, and there is no sshPassphrase", hint: "write sshPassphrase: ${env:SFTP_KEY_PASSPHRASE}" }
    : undefined;
}

const magic = "openssh-key-v1\0";

/** The name of the cipher follows the magic word, after its length in four bytes; "none" is an open key. */
function isEncryptedOpenSsh(body: string): boolean {
  const bytes = Buffer.from(body, "base64").toString("latin1");
  const start = magic.length + 4;
  return bytes.startsWith(magic) && bytes.slice(start, start + 4) !== "none";
}
