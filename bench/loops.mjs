import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cli, median, runNode } from "./process.mjs";

const rounds = 7;
const count = 5000;
const head = "version: 1\nproject: bench\nmonitors:\n";
const indexes = Array.from({ length: count }, (_, index) => index);

const columnsOf = (index) => ({
  key: `m${index}`,
  host: `h${index}.example`,
  path: `/health/${index}`,
  every: 60 + (index % 40),
});

const block = ({ key, host, path, every }) => `    type: http
    name: "Web ${key}"
    url: "https://${host}${path}"
    interval: ${every}
    maxRetries: 2
    notifications: []
`;

const loop = (each) => `${head}  "web-\${each:key}":
    each:${each}
${block({ key: "${each:key}", host: "${each:host}", path: "${each:path}", every: '"${each:every}"' })}`;

/** Computing time of `validate` of 5,000 monitors of one loop, in place of the same monitors written out. */
export async function measure(say) {
  const folder = mkdtempSync(join(tmpdir(), "kuma-sync-bench-"));
  const rows = indexes.map(columnsOf);
  const csv = rows.map((row) => Object.values(row).join(",")).join("\n");
  const files = {
    "written.yaml": head + rows.map((row) => `  web-${row.key}:\n${block(row)}`).join(""),
    "yaml rows.yaml": loop(
      `\n${rows.map((row) => `      - ${JSON.stringify(row).replaceAll('":', '": ')}\n`).join("")}`,
    ),
    "csv rows.yaml": loop(" { file: rows.csv }"),
    "rows.csv": `key,host,path,every\n${csv}\n`,
  };
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const times = { "written.yaml": [], "yaml rows.yaml": [], "csv rows.yaml": [] };
    for (let round = 0; round <= rounds; round += 1) {
      for (const [name, all] of Object.entries(times)) {
        const { cpuMs } = await runNode([cli, "validate", "-f", join(folder, name)]);
        // The first run keeps what it compiled.
        if (round > 0) all.push(cpuMs);
      }
    }
    const written = median(times["written.yaml"]);
    return ["yaml rows", "csv rows"].map((what) => {
      const looped = median(times[`${what}.yaml`]);
      say(`${what}: ${looped.toFixed(0)} ms; written out: ${written.toFixed(0)} ms`);
      return {
        what: `validate ${count} monitors of one loop, ${what} / written out, computing`,
        value: looped / written,
        limit: 1.1,
        unit: "x",
        detail: `${looped.toFixed(0)} ms / ${written.toFixed(0)} ms, median of ${rounds}`,
      };
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
