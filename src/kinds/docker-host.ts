import { text, toText } from "./codecs/text.ts";
import { defineListedKind } from "./define-listed-kind.ts";
import { textField, wordField, addressField } from "./field-shapes.ts";

/** Where Docker listens. The server reads it at every check, so a change needs no restart of monitors. */
export const dockerHost = defineListedKind({
  name: "docker-host",
  section: "dockerHosts",
  list: "dockerHostList",
  save: "addDockerHost",
  remove: "deleteDockerHost",
  nameOf: (row) => toText(row["name"]) ?? "",
  variant: {
    type: undefined,
    summary: "A Docker daemon whose containers monitors of type docker ask for.",
    isOpen: false,
    fields: {
      name: textField(
        {
          title: "Name",
          description: "The name that Uptime Kuma shows. May change at will.",
          examples: ["Docker of the web servers"],
          codec: text,
        },
        { minLength: 1 },
      ),
      dockerType: wordField(
        {
          title: "Connection",
          description: "socket: a socket of the machine that Uptime Kuma runs on; tcp: an address.",
          default: "socket",
        },
        ["socket", "tcp"],
      ),
      dockerDaemon: addressField({
        title: "Daemon",
        description:
          "For socket the path of the socket, as Uptime Kuma sees it; for tcp an address. Certificates for TLS lie in Uptime Kuma's data folder, by host name.",
        examples: ["/var/run/docker.sock", "http://docker.example.com:2375"],
      }),
    },
    // The form fills in the usual socket, which would be a wrong address for tcp, so the field is required.
    required: ["name", "dockerDaemon"],
    example: { name: "Docker of the web servers", dockerDaemon: "/var/run/docker.sock" },
  },
});
