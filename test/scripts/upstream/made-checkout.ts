/**
 * Checkouts in our own words: files of the shape that Uptime Kuma's source has, with what the watch expects of the release, or
 * with changes to it. No text in them is upstream's but for the names that are compared.
 */
import { fileURLToPath } from "node:url";
import { areas } from "../../../scripts/upstream/areas/areas.ts";
import type { Expected } from "../../../scripts/upstream/area.ts";
import type { FileSource } from "../../../scripts/upstream/checkout.ts";
import { knownOf, readKnown } from "../../../scripts/upstream/known.ts";
import { knownFolder } from "../../../scripts/upstream/watch.ts";

export const known = knownFolder(fileURLToPath(new URL("../../..", import.meta.url)));

/** What the watch expects of a version, by area. */
function expectedOf(version: string): Readonly<Record<string, readonly Expected[]>> {
  const facts = readKnown(known, areas);
  return Object.fromEntries(
    areas.map((area) => [area.id, [...(area.expect?.(version) ?? []), ...knownOf(area, facts, version)]]),
  );
}

/** The files of a checkout of a version, by path. */
function filesOf(version: string): Readonly<Record<string, string>> {
  const facts = expectedOf(version);
  const of = (id: string): readonly Expected[] => facts[id] ?? [];
  const classBased = of("monitor-types").slice(0, 9);
  return {
    "package.json": JSON.stringify({ name: "uptime-kuma", version }),
    "package-lock.json": JSON.stringify({
      packages: { "node_modules/jsonata": { version: of("jsonata")[0]?.value } },
    }),
    "server/uptime-kuma-server.js": `
      class UptimeKumaServer { constructor() {
        ${classBased.map(({ name }) => `UptimeKumaServer.monitorTypeList["${name}"] = new Type();`).join("\n")}
      } }`,
    "server/model/monitor.js": `
      class Monitor extends BeanModel {
        other() { let data = { notThisOne: 1 }; return data; }
        toJSON(preloadData = {}, includeSensitiveData = true) {
          let data = { ${of("monitor-keys")
            .slice(0, 40)
            .map(({ name }) => `${name}: this.${name}`)
            .join(",\n")} };
          if (includeSensitiveData) data = { ...data, ${of("monitor-keys")
            .slice(40, -1)
            .map(({ name }) => `${name}: get("${name}")`)
            .join(",")} };
          data.${of("monitor-keys").at(-1)?.name} = true;
          return data;
        }
      }
      module.exports = Monitor;`,
    "src/pages/EditMonitor.vue": formOf(facts),
    ...providersOf(facts),
    "server/socket.ts": `
      io.on("connection", async (socket: Socket): Promise<void> => {
        ${of("events").map(eventOf).join("\n")}
        socket.on("disconnect", () => {});
        ${of("pushes")
          .map(({ name }) => `io.to(socket.userID).emit("${name}", {} as LooseObject);`)
          .join("\n")}
      });`,
    "server/routes.js": of("routes").map(routeOf).join("\n"),
    ...Object.fromEntries(of("migrations").map(migrationOf)),
    "src/util.ts": of("limits")
      .map(({ name, value }) => `export const ${name}: number = ${value};`)
      .join("\n"),
  };
}

function formOf(facts: Readonly<Record<string, readonly Expected[]>>): string {
  const options = (facts["monitor-types"] ?? [])
    .slice(9)
    .map(({ name }) => `<option value="${name}">{{ $t("${name}") }}</option>`);
  const defaults = (facts["form-defaults"] ?? []).map(({ name, value }) => `${name}: ${value}`);
  const changes = (facts["form-changes"] ?? []).map(({ name }) => {
    const [assignment, condition] = name.split(/, when |, (?=otherwise$)/u);
    if (condition === undefined) return `this.monitor.${assignment};`;
    if (condition === "otherwise") return `if (isType) { } else { this.monitor.${assignment}; }`;
    const tests = condition.split(" and ").map((test) => `if (${test})`);
    return `${tests.join(" ")} { this.monitor.${assignment}; }`;
  });
  return `
<template>
  <div>
    <select v-model="monitor.subtype"><option value="not-a-type">no</option></select>
    <select id="type" v-model="monitor.type"><optgroup>${options.join("\n")}</optgroup></select>
  </div>
</template>
<script>
const monitorDefaults = { ${defaults.slice(0, -1).join(",\n")} };
export default {
  watch: { "monitor.type"(newType, oldType) { ${changes.join("\n")} } },
  methods: { init() { this.monitor = { ...monitorDefaults, ${defaults.at(-1)} }; } },
};
</script>`;
}

/** Settings half in the server's file, half in the form's. */
function providersOf(facts: Readonly<Record<string, readonly Expected[]>>): Readonly<Record<string, string>> {
  const providers = facts["providers"] ?? [];
  const settings = (facts["provider-settings"] ?? []).map(({ name }) => {
    const provider = providers.map((each) => each.name).find((each) => name.startsWith(`${each}.`)) ?? "";
    return { provider, key: name.slice(provider.length + 1) };
  });
  const each = providers.map(({ name }, index) => {
    const keys = settings.filter(({ provider }) => provider === name).map(({ key }) => key);
    const [inServer, inForm] = [keys.filter((_, at) => at % 2 === 0), keys.filter((_, at) => at % 2 === 1)];
    return { name, file: `p${index}`, className: `P${index}`, inServer, inForm };
  });
  return {
    "server/notification.js": `
      ${each.map(({ className, file }) => `const ${className} = require("./providers/${file}");`).join("\n")}
      class Notification { static init() { const list = [${each.map(({ className }) => `new ${className}()`).join(", ")}]; } }`,
    "src/components/notifications/index.js": `
      ${each.map(({ className, file }) => `import ${className} from "./${file}.vue";`).join("\n")}
      const forms = { ${each.map(({ name, className }) => `"${name}": ${className}`).join(", ")} };`,
    ...Object.fromEntries(
      each.flatMap(({ name, file, inServer, inForm }) => [
        [
          `server/providers/${file}.js`,
          `class Provider { name = "${name}"; async send(notification) { ${inServer.map((key) => `use(notification["${key}"]);`).join(" ")} } }`,
        ],
        [
          `src/components/notifications/${file}.vue`,
          `<template><div>${inForm.map((key) => `<input v-model="$parent.notification.${key}" />`).join("")}</div></template>`,
        ],
      ]),
    ),
  };
}

function eventOf({ name, value = "0" }: Expected): string {
  const names = Array.from({ length: Number.parseInt(value, 10) }, (_, index) => `a${index}`);
  return `socket.on("${name}", async (${[...names, "callback"].join(", ")}) => {});`;
}

function routeOf({ name }: Expected): string {
  const [method = "", path = ""] = name.split(" ");
  return `router.${method.toLowerCase()}("${path}", handler);`;
}

/** `new table a: b, c; d: e` as the calls that it was read from. */
function migrationOf({ name, value }: Expected): readonly [path: string, text: string] {
  if (value === undefined) return [`db/${name}.sql`, "SELECT 1;"];
  const tables = value.split("; ").filter((part) => part !== "");
  const calls = tables.map((table) => {
    const [title = "", columns = ""] = table.split(": ");
    const isNew = title.startsWith("new table ");
    const build = columns.split(", ").filter((column) => column !== "");
    const lines = build.map((column) =>
      column.startsWith("-") ? `t.dropColumn("${column.slice(1)}")` : `t.string("${column}")`,
    );
    const call = isNew ? "createTable" : "alterTable";
    return `await knex.schema.${call}("${title.replace("new table ", "")}", (t) => { ${lines.join("; ")} });`;
  });
  const down = `exports.down = async (knex) => { knex.schema.alterTable("x", (t) => t.string("not_this_one")); };`;
  return [`db/knex_migrations/${name}.js`, `exports.up = async (knex) => { ${calls.join("\n")} };\n${down}`];
}

/** A change of a file: its new text, nothing for no file, or what the text becomes. */
export type Changes = Readonly<Record<string, string | undefined | ((text: string) => string)>>;

/** A checkout of a version with changes. */
export function madeCheckout(version: string, changes: Changes = {}): FileSource {
  const files = new Map(Object.entries(filesOf(version)));
  for (const [path, change] of Object.entries(changes)) {
    const text = typeof change === "function" ? change(files.get(path) ?? "") : change;
    if (text === undefined) files.delete(path);
    else files.set(path, text);
  }
  return {
    read: (path) => files.get(path),
    list: (folder) => [...files.keys()].filter((path) => path.startsWith(`${folder}/`)),
  };
}
