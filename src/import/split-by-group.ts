import { localKey } from "../model/entity.ts";
import type { Imported } from "./imported.ts";
import type { FileContent } from "./yaml-text.ts";

interface NamedFile {
  /** `common.yaml`, or the key of a group with `.yaml` behind it. */
  readonly name: string;
  readonly content: FileContent;
}

const mainName = "common";

/** One file for each outermost group and one for the rest. Together they are one configuration. */
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
