/**
 * Two-factor codes. Up to 2.x the server accepts each code once (docs/upstream/uptime-kuma.md#login), so kuma-sync never
 * sends one twice.
 */
import { KumaError } from "../../model/errors.ts";

export interface TotpCode {
  readonly code: string;
  /** Which 30 s since 1970 the code belongs to. */
  readonly step: number;
}

const stepMs = 30_000;

/** Milliseconds from `now` until a step begins; 0 when it has begun. */
export function msUntilStep(step: number, now: number): number {
  return Math.max(0, step * stepMs - now);
}

/** The step of now. */
export function currentStep(now: number): number {
  return Math.floor(now / stepMs);
}

/** Throws KumaError "two-factor-wrong" when `secret` is neither base32 nor an `otpauth://` URI. */
export async function totpCode(secret: string, step: number): Promise<TotpCode> {
  const { Secret, TOTP, URI } = await import("otpauth");
  try {
    const totp = secret.startsWith("otpauth://")
      ? URI.parse(secret)
      : new TOTP({ secret: Secret.fromBase32(secret.replaceAll(/[\s-]/g, "")) });
    if (!(totp instanceof TOTP)) throw new TypeError("counter-based");
    return { code: totp.generate({ timestamp: step * stepMs }), step };
  } catch {
    // Without the cause: its message repeats parts of the secret.
    throw new KumaError("two-factor-wrong", "the two-factor secret cannot be read", {
      hint: "it is the base32 text, or the otpauth:// address, that Uptime Kuma showed when two-factor login was set up",
    });
  }
}

/** The last step whose code was sent, by account: one process may log in twice, as `bootstrap` and then `apply` do. */
const lastSteps = new Map<string, number>();

/**
 * The first step, starting with the current one, whose code was not sent for this account. It counts as sent from now
 * on.
 */
export function claimStep(account: string, now: number): number {
  const step = Math.max(currentStep(now), (lastSteps.get(account) ?? -1) + 1);
  lastSteps.set(account, step);
  return step;
}

/** For a code that the server did not look at. */
export function giveBackStep(account: string, step: number): void {
  if (lastSteps.get(account) === step) lastSteps.set(account, step - 1);
}
