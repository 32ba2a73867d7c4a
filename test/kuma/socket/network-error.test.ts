import { describe, expect, test } from "vitest";
import { networkError } from "../../../src/kuma/socket/network-error.ts";

const coded = (code: string): Error => Object.assign(new Error("x"), { code });
const url = "http://host";

describe("networkError", () => {
  test.each([
    ["ECONNREFUSED", "unreachable"],
    ["ENOTFOUND", "unreachable"],
    ["EAI_AGAIN", "unreachable"],
    ["EHOSTUNREACH", "unreachable"],
    ["ETIMEDOUT", "unreachable"],
    ["ECONNRESET", "unreachable"],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "tls"],
    ["SELF_SIGNED_CERT_IN_CHAIN", "tls"],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "tls"],
    ["CERT_HAS_EXPIRED", "tls"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "tls"],
    ["ERR_SSL_WRONG_VERSION_NUMBER", "tls"],
    ["EPROTO", "tls"],
  ])("%s is %s, with a hint", (code, expected) => {
    expect(networkError(coded(code), url)).toMatchObject({ code: expected, hint: expect.any(String) });
  });

  test("finds the code inside what libraries wrap around it", () => {
    const inner = coded("ECONNREFUSED");
    for (const wrapped of [
      { message: "websocket error", description: { type: "error", error: inner } },
      new Error("x", { cause: inner }),
      new AggregateError([inner, inner]),
    ]) {
      expect(networkError(wrapped, url)).toMatchObject({ code: "unreachable" });
    }
  });

  test.each([undefined, null, "ECONNREFUSED", new Error("x"), coded("EWHATEVER")])(
    "%s is not the network's",
    (cause) => {
      expect(networkError(cause, url)).toBeUndefined();
    },
  );
});
