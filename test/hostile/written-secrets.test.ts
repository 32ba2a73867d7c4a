/**
 * Secrets that are written out in a file, in every sensitive field there is, with a mistake beside them that makes a code frame
 * show their line: they stand in no format.
 */
import { describe, expect, test } from "vitest";
import { kinds } from "../../src/kinds/index.ts";
import type { Kind, Variant } from "../../src/kinds/kind.ts";
import { onTerminal } from "../output/text-options.ts";
import { renderFindings } from "../../src/output/human/findings.ts";
import { renderData } from "../../src/output/render-data.ts";
import { reportFormats } from "../../src/output/report-format.ts";
import { shownFindings } from "../../src/workflows/configuration/shown-findings.ts";
import { loadConfig } from "../config/load-config.ts";

const secret = "Zq9vX3hunter22";

interface SensitiveField {
  readonly kind: Kind;
  readonly variant: Variant;
  readonly field: string;
}

const fields: readonly SensitiveField[] = [...kinds.values()].flatMap((kind) =>
  kind.variants.flatMap((variant) => {
    const own = Object.entries(variant.fields).filter(([, { isSensitive }]) => isSensitive === true);
    const passed = variant.isOpen ? ["someEndpoint"] : [];
    return [...own.map(([name]) => name), ...passed].map((field) => ({ kind, variant, field }));
  }),
);

/** Each field once: variants share most of them. */
const distinct = [...new Map(fields.map((one) => [`${one.kind.name}.${one.field}`, one])).values()];

/** The lines of one field in a block, whose first line is not indented. */
type Writing = (field: string) => readonly string[];

const writings: Readonly<Record<string, Writing>> = {
  plain: (field) => [`${field}: ${secret}`],
  "in double quotes": (field) => [`${field}: "${secret}"`],
  "in single quotes, with a quoted key": (field) => [`'${field}': '${secret}'`],
  "under another spelling": (field) => [
    `${field.replaceAll(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`)}: ${secret}`,
  ],
  "with a typing mistake in the key": (field) => [`${field}z: ${secret}`],
  "as a block": (field) => [`${field}: |`, `  first`, `  ${secret}`],
  "folded, below its key": (field) => [`${field}:`, `  ${secret}`],
  "in quotes over two lines": (field) => [`${field}: "first`, `  ${secret}"`],
  "in a list": (field) => [`${field}: [a, ${secret}]`],
  "in a list below": (field) => [`${field}:`, `- ${secret}`],
  "in a mapping": (field) => [`${field}: { X-Own: ${secret} }`],
  "in a mapping below": (field) => [`${field}:`, `  X-Own: ${secret}`, `  "X-More": "${secret}"`],
  "in a mapping over two lines": (field) => [`${field}: { A: b,`, `  X-Own: ${secret} }`],
  "as JSON in a text": (field) => [`${field}: '{"X-Own": "${secret}"}'`],
  "behind an anchor": (field) => [`${field}: &own ${secret}`],
  "behind a tag": (field) => [`${field}: !!str ${secret}`],
  "without a blank": (field) => [`${field}:${secret}`],
  "without a colon": (field) => [`${field} ${secret}`],
  "with an equals sign": (field) => [`${field}=${secret}`],
  "with a quote too few": (field) => [`${field}: "${secret}`],
  "with a bracket too few": (field) => [`${field}: { A: b, X-Own: ${secret}`],
  "with a second colon": (field) => [`${field}: a: ${secret}`],
  "behind a number sign": (field) => [`${field}: #${secret}`],
  twice: (field) => [`${field}: a`, `${field}: ${secret}`],
};

/** The whole file; `lines` are those of the field. */
type Around = (one: SensitiveField, lines: readonly string[]) => Readonly<Record<string, string>>;

function indented(lines: readonly string[], blanks: number): string {
  return lines.map((line) => " ".repeat(blanks) + line).join("\n");
}

function fileWith({ kind, variant }: SensitiveField, lines: readonly string[]): string {
  const type = variant.type === undefined ? [] : [`type: ${variant.type}`];
  const block = [...type, ...lines, "unheardOf: 1"];
  const head = "version: 1\nproject: p\n";
  if (kind.onlyKey !== undefined) return `${head}${kind.section}:\n${indented(block, 2)}\n`;
  return `${head}${kind.section}:\n  api:\n${indented(["name: Api", ...block], 4)}\n`;
}

const arounds: Readonly<Record<string, Around>> = {
  "beside an unknown key": (one, lines) => ({ "monitors.yaml": fileWith(one, lines) }),
  "in a line with a tab": (one, lines) => ({
    "monitors.yaml": fileWith(
      one,
      lines.map((line, index) => (index === lines.length - 1 ? `\t${line}` : line)),
    ),
  }),
  "in a line that is indented too little": (one, [first = "", ...rest]) => ({
    "monitors.yaml": fileWith(one, rest.length === 0 ? [first] : [first]).replace(first, [first, ...rest].join("\n")),
  }),
  "in a line that is indented too much": (one, lines) => ({
    "monitors.yaml": fileWith(
      one,
      lines.map((line) => `  ${line}`),
    ),
  }),
  "before an open bracket": (one, lines) => ({ "monitors.yaml": fileWith(one, [...lines, "x: [ a"]) }),
  "in defaults": (one, lines) => ({
    "monitors.yaml": `version: 1\nproject: p\ndefaults:\n  ${one.kind.name}:\n${indented([...lines, "unheardOf: 1"], 4)}\n`,
  }),
  "in a template": (one, lines) => ({
    "monitors.yaml": `version: 1\nproject: p\ntemplates:\n  ${one.kind.name}:\n    t:\n${indented([...lines, "unheardOf: 1"], 6)}\n`,
  }),
  "behind the end of the file's documents": (one, lines) => ({
    "monitors.yaml": `${fileWith(one, lines)}---\n${lines.join("\n")}\n`,
  }),
};

async function printed(
  files: Readonly<Record<string, string>>,
): Promise<{ readonly texts: readonly string[]; readonly framed: boolean }> {
  const paths = Object.keys(files).filter((file) => file.endsWith(".yaml"));
  const config = await loadConfig(
    {
      paths,
      cwd: "/",
      env: {},
      vars: {},
      texts: new Map(Object.entries(files)),
      readStdin: () => Promise.resolve(""),
    },
    kinds,
  );
  const { findings, sources } = shownFindings(config, config.findings);
  const data = { type: "findings", outcome: { type: "invalid" }, project: "p", findings, sources } as const;
  const human = renderFindings(findings, { ...onTerminal, sources });
  return {
    texts: [human, ...reportFormats.validate.map((format) => renderData(data, format, "1.0.0"))],
    framed: human.includes(" | "),
  };
}

const head = "version: 1\nproject: p\n";
const http = "type: http, url: https://shop.example/, notifications: []";

/** A value that a sensitive field gets from another place of the files, which a finding shows. */
const elsewhere: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "a row of a list": {
    "monitors.yaml": `${head}monitors:\n  "\${each:host}":\n    each:\n    - { host: a, own: ${secret}, own: x }\n    type: http\n    url: https://\${each:host}/\n    bearerToken: "\${each:own}"\n`,
  },
  "a mapping of values": {
    "monitors.yaml": `${head}monitors:\n  "a-\${each:key}":\n    each: { a: ${secret}, a: ${secret} }\n    type: http\n    url: https://a.example/\n    bearerToken: "\${each:value}"\n`,
  },
  "a column of a table": {
    "monitors.yaml": `${head}monitors:\n  "\${each:host}":\n    each: rows.csv\n    type: http\n    url: https://\${each:host}/\n    bearerToken: "\${each:own}"\n`,
    "rows.csv": `host,own\na,${secret},x\nb,"${secret}\n`,
  },
  "a variable": {
    "monitors.yaml": `${head}vars: { own: ${secret}, own: ${secret} }\nmonitors:\n  a: { ${http}, databaseConnectionString: "postgres://u:\${var:own}@h/", unheardOf: 1 }\n`,
  },
  "an anchor": {
    "monitors.yaml": `${head}x-own: &own ${secret}\nx-own: 1\nmonitors:\n  a: { ${http}, bearerToken: *own, unheardOf: 1 }\n`,
  },
  "an anchor for a header": {
    "monitors.yaml": `${head}x-own: { a: &own ${secret}, a: 1 }\nmonitors:\n  a:\n    headers:\n      X-Own: *own\n    unheardOf: 1\n`,
  },
  "JSON in one line": {
    "monitors.yaml": `{"version":1,"project":"p","monitors":{"a":{"type":"http","basicAuthPass":"${secret}","headers":{"X-Own":"${secret}"},"unheardOf":1}}}`,
  },
  "JSON in lines": {
    "monitors.yaml": `{\n  "version": 1,\n  "monitors": {\n    "a": {\n      "type": "http",\n      "headers": {\n        "X-Own": "${secret}"\n        "X-Own": "${secret}"\n      },\n      "basicAuthPass": "${secret}"\n      "x": 1\n    }\n  }\n}`,
  },
  "an address": {
    "monitors.yaml": `${head}monitors:\n  a: { type: http, url: "https://u:${secret}@h/?api_key=${secret}", unheardOf: 1 }\n`,
  },
  "a connection string without a scheme": {
    "monitors.yaml": `${head}monitors:\n  a: { type: redis, databaseConnectionString: "u:${secret}@h", unheardOf: 1 }\n`,
  },
  "a key without indentation": {
    "monitors.yaml": `${head}monitors:\n  a:\n    tlsKey: |\n-----BEGIN PRIVATE KEY-----\n${secret}\n-----END PRIVATE KEY-----\n`,
  },
  "a comment": { "monitors.yaml": `${head}monitors:\n  a: { ${http}, unheardOf: 1 } # basic_auth_pass: ${secret}\n` },
};

describe("a secret that is written in a file", () => {
  const cases = Object.entries(writings).flatMap(([writing, write]) =>
    Object.entries(arounds).map(([place, around]) => ({ writing, place, write, around })),
  );
  test.each(cases.map((one, index) => ({ ...one, index })))(
    "$writing, $place, is in no format",
    async ({ write, around, index }) => {
      const leaks: string[] = [];
      let frames = 0;
      // All fields have their turn with all writings and with all places.
      for (const one of distinct.filter((_one, at) => (at + index) % 5 === 0)) {
        const { texts, framed } = await printed(around(one, write(one.field)));
        frames += framed ? 1 : 0;
        const shown = texts.find((text) => text.includes(secret));
        if (shown !== undefined) leaks.push(`${one.kind.name} ${one.variant.type ?? ""} ${one.field}:\n${shown}`);
      }
      expect(leaks.join("\n")).toBe("");
      expect(frames).toBeGreaterThan(0);
    },
  );

  test.each(Object.entries(elsewhere))("in %s is in no format", async (_place, files) => {
    const { texts, framed } = await printed(files);
    expect(texts.filter((text) => text.includes(secret))).toEqual([]);
    expect(framed).toBe(true);
  });
});
