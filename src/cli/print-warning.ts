import { inert } from "../output/inert.ts";
import type { Context } from "../run/context.ts";

/**
 * Prints a warning of Node or of a library, such as a deprecation, on stderr, in Node's form but redacted, because
 * libraries quote values in warnings.
 */
export function printWarning(
  { name, message, ...rest }: Error & { readonly code?: unknown; readonly detail?: unknown },
  { redactor, stderr }: Pick<Context, "redactor" | "stderr">,
): void {
  const code = typeof rest.code === "string" ? `[${rest.code}] ` : "";
  const detail = typeof rest.detail === "string" ? `\n  ${inert(redactor.text(rest.detail))}` : "";
  stderr.write(`warning: ${code}${inert(redactor.text(`${name}: ${message}`))}${detail}\n`);
}
