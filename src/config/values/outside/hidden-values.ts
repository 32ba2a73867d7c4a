/** Placeholders, for commands that need no secret but show what a server says, which may repeat one. */
import type { OutsideValues } from "./outside-values.ts";

/** `real` is asked for what `withheld` stands for; a value that is not there is none to hide. */
export function hiddenValues(real: OutsideValues, withheld: OutsideValues): OutsideValues {
  const known = new Set<string>();
  return {
    areReal: false,
    known: () => [...known],
    env(name) {
      const value = real.env(name);
      if ("text" in value) known.add(value.text);
      return withheld.env(name);
    },
    file(folder, path) {
      const value = real.file(folder, path);
      if ("text" in value) known.add(value.text);
      return withheld.file(folder, path);
    },
  };
}
