import { pem, optionalText } from "../codecs/text.ts";
import type { Codec } from "../field.ts";
import { fieldsSince, textField, wordField } from "../field-shapes.ts";
import { defineMonitorType } from "./define-monitor-type.ts";
import { hostnameField, portField, timeoutField } from "./network-fields.ts";

/** The first release with the type, a patch that changed the schema (docs/upstream/uptime-kuma.md#sftp). */
const since = [2, 5, 4] as const;

/** The server logs in with the password unless the method is exactly `privateKey`, and stores any text. */
const method: Codec = {
  normalise: (written) => optionalText.normalise(written) ?? "password",
  fromKuma: (wire) => (wire === "privateKey" ? "privateKey" : "password"),
  toKuma: (canonical) => canonical,
};

export const sftp = defineMonitorType({
  type: "sftp",
  summary:
    "Logs in over SSH and opens SFTP; up when that works and the path exists. It does not verify the host key, and does not notice a server that hangs after the login.",
  since,
  fields: {
    hostname: hostnameField,
    port: portField("The TCP port of the SSH server.", { default: 22 }),
    // On servers before 2.5.4 one of these keys fails a whole `add`, so each says when it came.
    ...fieldsSince(since, {
      sshUsername: textField({
        title: "User name",
        description: "The user to log in as. Give it nothing but SFTP.",
        examples: ["monitoring"],
      }),
      sshAuthMethod: wordField(
        {
          title: "Authentication",
          description: "How to log in: password uses sshPassword, privateKey uses sshPrivateKey.",
          default: "password",
          codec: method,
        },
        ["password", "privateKey"],
      ),
      sshPassword: textField({
        title: "Password",
        description: "For password. Uptime Kuma sends it to whatever answers at the address.",
        examples: ["${env:SFTP_PASSWORD}"],
        isSensitive: true,
      }),
      sshPrivateKey: textField({
        title: "Private key",
        description: "For privateKey: the text of a key in OpenSSH or PEM form, not the path of its file.",
        examples: ["${file:sftp_key}", "${env:SFTP_KEY}"],
        codec: pem,
        isSensitive: true,
      }),
      sshPassphrase: textField({
        title: "Passphrase",
        description: "For privateKey: what an encrypted key is opened with.",
        examples: ["${env:SFTP_KEY_PASSPHRASE}"],
        isSensitive: true,
      }),
      sftpPath: textField({
        title: "Path",
        description: "A file or folder that must exist. Without it, a login that works is enough.",
        examples: ["/upload"],
      }),
    }),
    timeout: timeoutField(48),
  },
  required: ["hostname", "sshUsername"],
  example: {
    name: "Uploads",
    type: "sftp",
    hostname: "files.example.com",
    sshUsername: "monitoring",
    sshAuthMethod: "privateKey",
    sshPrivateKey: "${env:SFTP_KEY}",
    sftpPath: "/upload",
  },
});
