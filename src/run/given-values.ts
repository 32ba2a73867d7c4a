/** The values of a flag in raw arguments, in order, even if the arguments could not be parsed. */
export function givenValues(flag: string, args: readonly string[]): readonly string[] {
  return args.flatMap((arg, index) => {
    if (arg.startsWith(`${flag}=`)) return [arg.slice(flag.length + 1)];
    return args[index - 1] === flag ? [arg] : [];
  });
}
