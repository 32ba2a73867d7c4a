/** Blockers from matching declared entities with objects on the server. */
import type { BlockerText, FactsOf, Copy, Namesake } from "../../../model/plan-facts.ts";
import { plural } from "../counts.ts";

export function nameTakenText({ keys: [key], objects, sole, likeliest }: FactsOf<"KS4003">): BlockerText {
  const [only, ...others] = objects;
  if (others.length === 0) {
    return {
      message: `${key}: an object with this name is on the server already and is not managed (id ${only?.id})`,
      waysOn: [
        "--adopt takes it over and keeps its history",
        `\`adopt: { id: ${only?.id} }\` in ${key} does it for this one`,
        "give one of the two another name",
      ],
    };
  }
  const ids = objects.map(({ id }) => id).join(", ");
  return {
    message: `${key}: ${objects.length} unmanaged objects on the server have this name: ${objects.map(namesakeText).join(", ")}`,
    waysOn: [
      sole === undefined
        ? "rename all but the one that is meant on the server, then --adopt"
        : `--adopt takes over the one with the same group and address (id ${sole}) and keeps its history`,
      likeliest === undefined
        ? `\`adopt: { id: N }\` in ${key}, with the id that is meant (${ids}), does it for this one`
        : `\`adopt: { id: ${likeliest} }\` in ${key} does it for this one`,
      `give ${key} another name`,
    ],
  };
}

/** `id 3 (in "Edge", https://a.example)` */
function namesakeText({ id, group, address }: Namesake): string {
  const facts = [...(group === undefined ? [] : [`in "${group}"`]), ...(address === undefined ? [] : [address])];
  return `id ${id}${facts.length === 0 ? "" : ` (${facts.join(", ")})`}`;
}

export function adoptText({ keys: [key], ...facts }: FactsOf<"KS4012">): BlockerText {
  switch (facts.problem) {
    case "no-object": {
      const { kind, adopt, unknownId } = facts;
      const what = "id" in adopt ? `${kind} with the id ${adopt.id}` : `${kind} named "${adopt.name}"`;
      return {
        message:
          unknownId === undefined
            ? `${key} is to adopt a ${what}, and the server has none`
            : `${key} is to adopt a ${what}, which is of a type that this version does not know (id ${unknownId})`,
        waysOn: ["name one that is there under `adopt:`", `take \`adopt:\` out of ${key} to create it`],
      };
    }
    case "several": {
      const { kind, name, objects, likeliest = "N" } = facts;
      return {
        message: `${key} is to adopt a ${kind} named "${name}", and the server has ${objects.length}: ${objects.map(namesakeText).join(", ")}`,
        waysOn: [`name the one that is meant by its id: \`adopt: { id: ${likeliest} }\``],
      };
    }
    case "ours":
      return {
        message: `${key} is to adopt the object with the id ${facts.id}, which is ${facts.from} of this project`,
        waysOn: [`write \`moved: [{ from: ${facts.from}, to: ${key} }]\`, if it is to have this key`],
      };
    default:
      return facts satisfies never;
  }
}

export function foreignText({ keys: [key], kind, id, project, from, isAdopted }: FactsOf<"KS4010">): BlockerText {
  return {
    message: `${key}: the ${kind} with the id ${id} belongs to project ${project} (as ${from})`,
    waysOn: [
      `give it up there: \`onRemove: release\` in project ${project}, apply, then take it out`,
      "--takeover takes it from that project, which must not declare it any more",
      isAdopted
        ? `take \`adopt:\` out of ${key} to create another one`
        : `take ${key} out, and refer to it by \`{ name: … }\``,
    ],
  };
}

export function moveText(facts: FactsOf<"KS4015">): BlockerText {
  switch (facts.problem) {
    case "kinds":
      return {
        message: `${facts.from} cannot become ${facts.to}: they are of different kinds`,
        waysOn: ["take the entry out of `moved:`"],
      };
    case "declared":
      return {
        message: `${facts.from} is moved to ${facts.to}, and is declared too`,
        waysOn: ["take the entry out of `moved:`, if both are meant", `take ${facts.from} out of the configuration`],
      };
    case "several":
      return {
        message: `${facts.to} is to be the object of ${facts.from.join(" and of ")}, and the server has ${facts.from.length} objects`,
        waysOn: [
          "leave only the `moved:` entry of the one that is meant; the others go as `onRemove` says",
          "take the entries out of `moved:` to keep the object that has the key",
        ],
      };
    case "twice":
      return {
        message: `${facts.from} is moved to ${facts.to.join(" and to ")}, and is one object`,
        waysOn: ["leave one of the entries in `moved:`"],
      };
    default:
      return facts satisfies never;
  }
}

/** Maximum number of lines, one for each object. */
const mostDetails = 20;

export function duplicatesText({ copies }: FactsOf<"KS4007">): BlockerText {
  const [first] = copies;
  const surplus = copies.reduce((sum, { others }) => sum + others.length, 0);
  const ids =
    first === undefined
      ? []
      : [first.kept, ...first.others].map(({ id }) => id).toSorted((left, right) => left - right);
  const details = copies
    .slice(0, mostDetails)
    .map(({ key, kept, others }) => `${key}: keep ${copyText(kept)}; surplus: ${others.map(copyText).join(", ")}`);
  const left = copies.length - details.length;
  return {
    message:
      copies.length === 1
        ? `${first?.key} is marked on ${ids.length} objects on the server (ids ${ids.join(", ")})`
        : `${plural(copies.length, "key")} are marked on more than one object each; ${surplus} objects are surplus`,
    details: left > 0 ? [...details, `and ${left} more`] : details,
    waysOn: [
      `--resolve-duplicates deletes the surplus ${surplus === 1 ? "object" : `${surplus} objects`} and keeps the history of the others`,
      "if one is a clone made in the UI that you want to keep: remove its kuma-sync tag there",
    ],
  };
}

/** `id 3 (590 heartbeats since 2026-01-02)` */
function copyText({ id, heartbeats, since }: Copy): string {
  if (heartbeats === undefined) return `id ${id}`;
  const from = since === undefined ? "" : ` since ${since}`;
  return `id ${id} (${heartbeats === 0 ? "no heartbeats" : plural(heartbeats, "heartbeat")}${from})`;
}
