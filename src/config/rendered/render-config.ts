/** A configuration with everything filled in but what comes from outside. */
import type { KindRegistry } from "../../kinds/kind.ts";
import { usualPolicy, type EntityKey, type Policy } from "../../model/entity.ts";
import { isEqualJson, type Json, type JsonObject, type JsonPointer } from "../../model/json.ts";
import type { RenderedConfiguration } from "../../model/rendered-configuration.ts";
import type { Config, DeclaredEntity } from "../config.ts";
import { writtenText } from "../values/text-parts.ts";
import { renderObject, unwritable } from "./render-object.ts";
import { pathsFrom } from "./written-values.ts";

export interface RenderOptions {
  /** The folder of the file that is written, absolute: paths in it start there. */
  readonly folder: string;
  readonly isSelected: (key: EntityKey) => boolean;
}

/** Values that no expression can say. */
export interface Unwritable {
  readonly key: EntityKey;
  readonly pointer: JsonPointer;
}

/**
 * `config` is free of errors, and its values from outside are withheld. What is written says the same as the files: it has the
 * same desired state, and rendering it changes nothing but the places. Throws UsageError for a path that cannot be written.
 */
export function renderConfig(
  config: Config,
  registry: KindRegistry,
  { folder, isSelected }: RenderOptions,
): { readonly rendered: RenderedConfiguration } | { readonly unwritable: readonly Unwritable[] } {
  const pathIn = pathsFrom(folder);
  const selected = config.entities.filter(({ key }) => isSelected(key));
  const problems = selected.flatMap((entity) => unwritable(entity).map((pointer) => ({ key: entity.key, pointer })));
  if (problems.length > 0) return { unwritable: problems };
  const sections = new Set(selected.map(({ kind }) => kind));
  const inOrder = [...sections].flatMap((kind) => selected.filter((entity) => entity.kind === kind));
  const vars = [...config.vars].map(([name, { text = "", parts = [text] }]) => [name, writtenText(parts, pathIn)]);
  return {
    rendered: {
      project: config.project,
      ...(config.target === undefined ? {} : { target: config.target }),
      head: {
        version: 1,
        project: config.project,
        ...filled({ vars: Object.fromEntries(vars), ...settingsOf(config) }),
      },
      objects: inOrder.flatMap((entity) => {
        const kind = registry.get(entity.kind);
        return kind === undefined ? [] : [renderObject(entity, kind, pathIn)];
      }),
      tail: filled({ moved: movesOf(config, isSelected), adopt: selected.flatMap((entity) => adoptionOf(entity)) }),
      ...(selected.length === config.entities.length ? {} : { selectedOf: config.entities.length }),
    },
  };
}

/** What is not about single objects. */
function settingsOf({ target, targets, policy, silencing }: Config): JsonObject {
  const { completionsPerDay, onRemoveByKind = {}, ...rules } = policy;
  const { name: _name, ...server } = (target === undefined ? undefined : targets.get(target)) ?? { name: "" };
  const changed = Object.entries(rules).filter(([name, value]) => usualPolicy[name as keyof Policy] !== value);
  const levels = [...silencing.levels].map(([code, { level }]) => [code, level]);
  return {
    targets: target === undefined ? {} : { [target]: server },
    policy: filled({ ...Object.fromEntries(changed), findings: Object.fromEntries(levels) }),
    limits: completionsPerDay === undefined ? {} : { completionsPerDay },
    defaults: Object.fromEntries(Object.entries(onRemoveByKind).map(([kind, onRemove]) => [kind, { onRemove }])),
  };
}

function movesOf({ moves }: Config, isSelected: RenderOptions["isSelected"]): readonly Json[] {
  return moves.filter(({ to }) => isSelected(to)).map(({ from, to }) => ({ from, to }));
}

/** An adoption that does not stand in the object's own block. */
function adoptionOf({ key, beside, lifecycle }: DeclaredEntity): readonly Json[] {
  const { adopt } = lifecycle;
  return adopt === undefined || Object.hasOwn(beside, "adopt") ? [] : [{ to: key, ...adopt }];
}

/** Without those that have nothing in them. */
function filled(sections: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(sections).filter(([, value]) => !isEqualJson(value, {}) && !isEqualJson(value, [])),
  );
}
