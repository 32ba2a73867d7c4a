/**
 * What the linter holds. The rooms of `src/` import one way: each may import only the rooms that its line names, and a
 * line names only what is really used. `test/architecture.test.ts` holds the same table against dynamic imports.
 */

/** Room → the rooms it may import. A file directly in `src/` is a room of its own. */
export const rooms = {
  "cli.ts": ["commands", "model"],
  commands: [
    "apply",
    "config",
    "import",
    "kinds",
    "kuma",
    "model",
    "open-webui",
    "output",
    "plan",
    "presets",
    "probe",
    "query",
    "sandbox",
  ],
  apply: ["kinds", "model", "plan"],
  import: ["kinds", "model", "plan"],
  "open-webui": ["model", "presets", "query"],
  probe: ["kinds", "model", "query"],
  kuma: ["kinds", "model", "plan"],
  config: ["kinds", "model", "presets", "query"],
  output: ["model"],
  plan: ["model"],
  presets: ["model"],
  query: ["model"],
  kinds: ["model"],
  sandbox: [],
  model: [],
};

/**
 * Rooms whose functions give the same result for the same input: no file system, no process, no clock, no chance. The
 * evaluation process and what starts it live in `query/` and are excepted; `config/` has files that read files.
 */
const pureRooms = ["model", "kinds", "presets", "plan", "output"];
const impureModules = [
  "node:child_process",
  "node:fs",
  "node:fs/promises",
  "node:http",
  "node:https",
  "node:net",
  "node:os",
  "node:process",
  "node:timers/promises",
  "node:worker_threads",
];
const impureGlobals = ["process", "performance", "setTimeout", "setInterval", "setImmediate", "fetch"];
const impureCalls = [
  { object: "Date", property: "now" },
  { object: "Math", property: "random" },
];

/** How another room may be named in an import: from below in any depth, and from `src/` itself. */
function pathsTo(room) {
  return room.endsWith(".ts") ? [`../**/${room}`] : [`../**/${room}/**`, `./${room}/**`];
}

/** The lint of one room: the rooms it may not import and, where it is pure, what it may not touch. */
function roomRules(room, allowed) {
  const forbidden = Object.keys(rooms).filter((other) => other !== room && !allowed.includes(other));
  const message = `${room}/ imports only ${allowed.length === 0 ? "itself" : allowed.join(", ")} (rooms in oxlint.config.mjs)`;
  const isPure = pureRooms.includes(room);
  return {
    files: [room.endsWith(".ts") ? `src/${room}` : `src/${room}/**`],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            { group: forbidden.flatMap(pathsTo), message },
            ...(isPure ? [{ group: impureModules, message: `${room}/ is pure` }] : []),
          ],
        },
      ],
      ...(isPure && {
        "no-restricted-globals": ["error", ...impureGlobals.map((name) => ({ name, message: `${room}/ is pure` }))],
        "no-restricted-properties": ["error", ...impureCalls.map((call) => ({ ...call, message: `${room}/ is pure` }))],
      }),
    },
  };
}

export default {
  plugins: ["typescript", "import", "unicorn", "oxc", "vitest"],
  categories: { correctness: "error", suspicious: "error" },
  ignorePatterns: ["dist", "coverage", "node_modules"],
  rules: {
    "import/no-named-as-default-member": "off",
    "import/no-cycle": ["error", { ignoreTypes: false }],
    "import/no-default-export": "error",
    "no-console": "error",
    "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }],
    "max-params": ["error", { max: 4 }],
    "typescript/no-explicit-any": "error",
    "typescript/no-unsafe-type-assertion": "off",
    "typescript/consistent-type-imports": "error",
    "typescript/switch-exhaustiveness-check": "error",
    "typescript/no-floating-promises": "error",
    "no-await-in-loop": "off",
    "no-control-regex": "off",
    "unicorn/no-process-exit": "error",
  },
  overrides: [
    ...Object.entries(rooms).map(([room, allowed]) => roomRules(room, allowed)),
    {
      files: ["test/**", "bench/**", "scripts/**", "examples/**"],
      rules: {
        "max-lines": ["error", { max: 500, skipBlankLines: true, skipComments: true }],
        "no-console": "off",
        "max-params": "off",
      },
    },
    {
      files: ["*.config.ts", "*.config.mjs"],
      rules: { "no-default-export": "off", "import/no-default-export": "off" },
    },
  ],
};
