/** Whether -v is among the arguments, even if they cannot be parsed. */
export function wantsDetail(args: readonly string[]): boolean {
  return args.some((arg) => arg === "--verbose" || /^-[qv]*v[qv]*$/u.test(arg));
}
