/** From a monitor of the configuration to the drill of its copies. Asks the engine of `test`, and no server. */
import { isLeftToServer, isSilent } from "../config/rules/nobody-notified.ts";
import type { Relations } from "../config/rules/relations.ts";
import { isHidden, isWritten } from "../config/entity-finding.ts";
import type { DeclaredEntity } from "../config/config.ts";
import { secondsOf, writtenDuration } from "../model/duration.ts";
import type { Told } from "../model/drilled-monitor.ts";
import { dependsOnSecret, isTestedWithheld } from "../testing/test-input.ts";
import type { DrillInput } from "./drill-input.ts";
import { planConnectionDrill, planNameDrill, planPushDrill } from "./plan-other-drills.ts";
import { planHttpDrill } from "./plan-http-drill.ts";
import type { PlannedDrill, SkippedDrill } from "./planned-drill.ts";

export async function planDrill(input: DrillInput): Promise<PlannedDrill | SkippedDrill> {
  const { entity, spec, relations, refused } = input;
  const { key, variant } = entity;
  const monitorType = variant.type ?? "";
  const name = isHidden(entity, "/name") ? key : entity.name;
  const monitor = { key, name, monitorType, told: whoIsTold(entity, relations), isSecret: dependsOnSecret(entity) };
  const skip = (skipped: string): SkippedDrill => ({ ...monitor, skipped });
  if (spec["active"] === false) return skip("the monitor is paused");
  if (refused !== undefined) return skip(refused);
  switch (monitorType) {
    case "http":
    case "keyword":
    case "json-query": {
      if (isTestedWithheld(entity)) {
        return skip("what it looks for comes from a secret, which is not read: --with-secrets reads it");
      }
      const planned = await planHttpDrill(input);
      return typeof planned === "string" ? skip(planned) : withDelay({ ...monitor, spec, ...planned });
    }
    case "port": {
      const planned = planConnectionDrill(spec);
      return typeof planned === "string" ? skip(planned) : withDelay({ ...monitor, spec, ...planned });
    }
    case "dns": {
      const planned = planNameDrill(spec);
      return typeof planned === "string" ? skip(planned) : withDelay({ ...monitor, spec, ...planned });
    }
    case "push": {
      const planned = planPushDrill(spec);
      return typeof planned === "string" ? skip(planned) : { ...monitor, spec, ...planned };
    }
    case "group":
      return skip("a group asks nobody; drill the monitors in it");
    default:
      return skip(`no listener here can play the part of what ${monitorType} monitors ask`);
  }
}

/** Copies have no retries. */
function withDelay(drill: PlannedDrill): PlannedDrill {
  const { maxRetries, retryInterval = null } = drill.spec;
  const seconds = (typeof maxRetries === "number" ? maxRetries : 0) * (secondsOf(retryInterval) ?? 0);
  if (seconds === 0) return drill;
  return {
    ...drill,
    notes: [...drill.notes, `the monitor retries before it notifies, which takes ${writtenDuration(seconds)} more`],
  };
}

function whoIsTold(entity: DeclaredEntity, relations: Relations): Told {
  const named = entity.canonical["notifications"];
  if ((Array.isArray(named) && named.length > 0) || isLeftToServer(entity)) return "notifications";
  if (isWritten(entity, "notifications")) return "on-purpose";
  return isSilent(entity, relations) ? "nobody" : "group";
}
