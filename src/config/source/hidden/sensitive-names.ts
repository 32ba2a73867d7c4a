/** The names of keys whose values are never shown, whatever is wrong with the file around them. */
import type { KindRegistry, Variant } from "../../../kinds/kind.ts";
import { guess } from "../../../model/guess.ts";
import { lifecycleKeys } from "../../sections/lifecycle-schemas.ts";
import { isTellingName } from "../../../secrets/apparent-secrets.ts";

type NamesBySection = ReadonlyMap<string, ReadonlySet<string>>;
type AnyField = Variant["fields"][string];

export interface SensitiveNames {
  /** `section` is undefined where it is not known, and then the names of all sections count. */
  has(name: string, section: string | undefined): boolean;
  /** Only the fields of kuma-sync, not what merely sounds like a secret. */
  hasField(name: string, section: string | undefined): boolean;
  /** The same, or a name that was probably meant to be one. */
  hasMeant(name: string, section: string | undefined): boolean;
  /** Whether an unknown key of the section may hold a secret, because the settings of a provider are passed through. */
  isOpen(section: string | undefined): boolean;
  /** Whether it is a key that objects of the section have, or all objects. */
  isKnown(name: string, section: string | undefined): boolean;
  /** The section of a kind or of a type of monitors, as `defaults` and `templates` name them. */
  sectionOf(name: string): string | undefined;
}

export function sensitiveNames(registry: KindRegistry): SensitiveNames {
  const sensitive = fieldNames(registry, ({ isSensitive }) => isSensitive === true);
  const all = fieldNames(registry, () => true);
  const open = openSections(registry);
  const sections = sectionNames(registry);
  const known = new Map<string, boolean>();
  const own = (section: string | undefined): string => (all.has(plain(section ?? "")) ? plain(section ?? "") : "");
  const hasMeant = (name: string, section: string | undefined): boolean => {
    const id = `${own(section)} ${name}`;
    const found = known.get(id) ?? isMeant(plain(name), sensitive.get(own(section)), all.get(own(section)));
    known.set(id, found);
    return found;
  };
  return {
    hasField: (name, section) => sensitive.get(own(section))?.has(plain(name)) === true,
    hasMeant,
    isOpen: (section) => open.has(plain(section ?? "")),
    isKnown: (name, section) => all.get(own(section))?.has(plain(name)) === true || commonKeys.has(plain(name)),
    has: (name, section) => hasMeant(name, section) || (name !== "key" && isTellingName(name)) || otherNames.test(name),
    sectionOf: (name) => sections.get(plain(name)),
  };
}

/** A misspelled name of a sensitive field is one of the things that are reported. */
function isMeant(
  name: string,
  sensitive: ReadonlySet<string> = new Set(),
  all: ReadonlySet<string> = new Set(),
): boolean {
  if (sensitive.has(name)) return true;
  // Short words are near to too many others.
  if (all.has(name) || name.length < 4) return false;
  const near = guess(name, all);
  return near !== undefined && sensitive.has(near);
}

/** Sections in which other keys than those of the fields are passed through. */
function openSections(registry: KindRegistry): ReadonlySet<string> {
  return new Set(
    [...registry.values()].flatMap(({ section, variants }) =>
      variants.some(({ isOpen }) => isOpen) ? plain(section) : [],
    ),
  );
}

function sectionNames(registry: KindRegistry): ReadonlyMap<string, string> {
  return new Map(
    [...registry.values()].flatMap(({ name, section, variants }) => [
      ...(name === "monitor"
        ? variants.flatMap(({ type }) => (type === undefined ? [] : [[plain(type), section] as const]))
        : []),
      [plain(name), section] as const,
    ]),
  );
}

/** Of all objects, of templates and of loops. */
const commonKeys: ReadonlySet<string> = new Set(
  ["type", "use", "enabled", "each", "when", "distinct", "version", "project", ...lifecycleKeys].map(plain),
);

/** By section, the names of fields of any type; under `""` those of all sections. */
function fieldNames(registry: KindRegistry, isWanted: (field: AnyField) => boolean): NamesBySection {
  const bySection = [...registry.values()].map(({ section, variants }): [string, ReadonlySet<string>] => {
    const fields = variants.flatMap((variant) => Object.entries(variant.fields));
    const names = fields.filter(([, field]) => isWanted(field)).map(([name]) => plain(name));
    return [plain(section), new Set(names)];
  });
  return new Map([...bySection, ["", new Set(bySection.flatMap(([, names]) => [...names]))]]);
}

/** `basic_auth_pass` is the same name as `basicAuthPass`: a key in another spelling is one of the things that are repaired. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[_\-\s]/gu, "");
}

/** Of other tools, in whose files a key is one of the things that are repaired. */
const otherNames = /pass$|pwd$|webhook|auth$/iu;
