/** Placeholders for commands that need no secret but show a server's answers, which may repeat one. */
import type { OutsideValues } from "./outside-values.ts";

/** Gives the placeholders of `withheld`, and reads from `real` the secrets to hide; a missing value needs no hiding. */
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
