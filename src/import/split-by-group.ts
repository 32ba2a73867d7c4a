import { localKey } from "../model/entity.ts";
import type { Imported } from "./imported.ts";
import type { FileContent } from "./yaml-text.ts";

interface NamedFile {
  /** `common.yaml`, or a group's key with `.yaml`. */
  readonly name: string;
  readonly content: FileContent;
}

const mainName = "common";

/** Splits an import into one file for each outermost group and one for the rest; together they are one configuration. */
export function splitByGroup({ entities }: Imported): readonly NamedFile[] {
  const groups = new Set(entities.flatMap(({ group }) => group ?? []));
  return [
    {
      name: `${mainName}.yaml`,
      content: { isMain: true, entities: entities.filter(({ group }) => group === undefined) },
    },
    ...[...groups].map((key): NamedFile => {
      const name = localKey(key) === mainName ? `${mainName}-group` : localKey(key);
      return {
        name: `${name}.yaml`,
        content: { isMain: false, entities: entities.filter(({ group }) => group === key) },
      };
    }),
  ];
}
