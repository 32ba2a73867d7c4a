import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { claimStep, msUntilStep, totpCode } from "../../../src/kuma/login/totp.ts";

describe("claimStep", () => {
  test("never gives a step twice, nor one of the past, nor one further than it must", () => {
    const waits = fc.array(fc.nat({ max: 90_000 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(fc.uuid(), waits, (account, pauses) => {
        let now = 1_700_000_000_000;
        const claimed: number[] = [];
        for (const pause of pauses) {
          now += pause;
          const step = claimStep(account, now);
          expect(step).toBe(Math.max(Math.floor(now / 30_000), (claimed.at(-1) ?? 0) + 1));
          expect(now + msUntilStep(step, now)).toBeGreaterThanOrEqual(step * 30_000);
          claimed.push(step);
        }
        expect(new Set(claimed).size).toBe(claimed.length);
      }),
    );
  });

  test("accounts do not take each other's steps", () => {
    expect(claimStep("one account", 60_000)).toBe(2);
    expect(claimStep("another account", 60_000)).toBe(2);
  });
});

describe("totpCode", () => {
  // RFC 6238, appendix B: the secret "12345678901234567890" at 59 s gives 94287082, of which six digits are used.
  const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

  test.each([secret, "gezd gnbv gy3t qojq gezd gnbv gy3t qojq", `otpauth://totp/Uptime%20Kuma:admin?secret=${secret}`])(
    "%s",
    async (written) => {
      expect(await totpCode(written, 1)).toEqual({ code: "287082", step: 1 });
    },
  );

  test.each(["not base32!", "otpauth://totp/x", "otpauth://hotp/x?secret=GEZDGNBV&counter=1"])(
    "%j cannot be read, and is not repeated",
    async (written) => {
      const error = await totpCode(written, 1).catch((caught: unknown) => caught as Error);
      expect(error).toMatchObject({ code: "two-factor-wrong" });
      expect(error).not.toHaveProperty("cause");
      expect((error as Error).message).not.toContain(written);
    },
  );
});
