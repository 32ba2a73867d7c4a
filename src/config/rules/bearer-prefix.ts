import type { EntityRule } from "./rule.ts";

/** The server adds "Bearer " itself (docs/upstream/uptime-kuma.md#login-of-an-http-check). */
export const bearerPrefix: EntityRule = {
  name: "bearer-prefix",
  kind: "monitor",
  checkEach({ written, canonical }) {
    const token = written["bearerToken"];
    if (typeof token !== "string" || canonical["authMethod"] !== "bearer") return [];
    const prefix = /^\s*bearer\s+/iu.exec(token);
    if (prefix === null) return [];
    return [
      {
        code: "KS1419",
        severity: "warning",
        message: 'the token begins with "Bearer", which Uptime Kuma writes too: "Bearer Bearer …" is sent',
        hint: "write the token alone",
        pointer: "/bearerToken",
        range: [0, prefix[0].length],
        repair: { type: "part", range: [0, prefix[0].length], text: "", title: 'remove "Bearer"' },
      },
    ];
  },
};
