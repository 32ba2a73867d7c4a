/** `--listen HOST:PORT`: where a drill listens, and where the server finds it. */
import { isIP } from "node:net";
import { UsageError } from "../../model/errors.ts";

export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** Throws UsageError. Port 0 is a free one. */
export function parseListenAddress(text: string): ListenAddress {
  const {
    host = "",
    bare = "",
    port = "",
  } = /^(?:\[(?<host>[0-9a-f:.]+)\]|(?<bare>[^:[\]/\s]+)):(?<port>\d{1,5})$/iu.exec(text)?.groups ?? {};
  const name = host === "" ? bare : host;
  if (name === "" || Number(port) > 65_535 || (host !== "" && isIP(host) !== 6)) {
    throw new UsageError(
      `--listen "${text}" is not HOST:PORT`,
      "for example --listen 192.0.2.10:8099, or [2001:db8::10]:8099",
    );
  }
  if (isEverywhere(name)) {
    throw new UsageError(
      `--listen ${text} is every address of this machine, and none that a server could ask`,
      "give the one address under which the server reaches this machine",
    );
  }
  return { host: name, port: Number(port) };
}

function isEverywhere(host: string): boolean {
  return host === "*" || /^0+(?:\.0+){0,3}$/u.test(host) || (isIP(host) === 6 && /^[0:]+$/u.test(host));
}
