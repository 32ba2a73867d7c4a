import { isWithheld } from "../entity-finding.ts";
import type { EntityRule } from "./rule.ts";

/** A client certificate has no effect without TLS, which this URL does not use. */
export const clientCertificate: EntityRule = {
  name: "client-certificate",
  kind: "monitor",
  checkEach(entity) {
    const { authMethod, url } = entity.canonical;
    if (authMethod !== "mtls" || typeof url !== "string") return [];
    if (isWithheld(entity, "/url") || isWithheld(entity, "/authMethod")) return [];
    const scheme = /^(?:http|ws)(?=:)/u.exec(url)?.[0];
    const written = entity.written["url"];
    if (scheme === undefined || typeof written !== "string") return [];
    const start = written.search(/\S/u);
    return [
      {
        code: "KS1420",
        severity: "warning",
        message: `authMethod: mtls sends no certificate over ${scheme}://`,
        hint: `write ${scheme}s://`,
        pointer: "/url",
        range: [start, start + scheme.length],
      },
    ];
  },
};
