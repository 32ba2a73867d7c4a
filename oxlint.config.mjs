/**
 * What the linter holds. The rooms of `src/` import one way: each may import only the rooms that its line names, and a
 * line names only what is really used. `test/architecture.test.ts` holds the same table against dynamic imports.
 */

/** Room → the rooms it may import. A file directly in `src/` is a room of its own. */
export const rooms = {
  "cli.ts": ["cli", "run"],
  cli: ["commands", "model", "output", "run", "secrets", "workflows"],
  commands: [
    "apply",
    "config",
    "documents",
    "import",
    "kinds",
    "kuma",
    "ledger",
    "model",
    "output",
    "query",
    "run",
    "secrets",
    "services",
    "testing",
    "workflows",
  ],
  workflows: [
    "apply",
    "config",
    "documents",
    "drill",
    "kinds",
    "kuma",
    "ledger",
    "model",
    "output",
    "plan",
    "probe",
    "query",
    "run",
    "sandbox",
    "secrets",
    "services",
    "testing",
  ],
  run: ["model", "output", "secrets"],
  drill: ["config", "kinds", "model", "query", "secrets", "testing"],
  testing: ["config", "model", "probe", "query", "secrets"],
  apply: ["kinds", "ledger", "model", "plan"],
  import: ["kinds", "model", "output", "plan", "secrets"],
  probe: ["kinds", "model", "query", "secrets"],
  kuma: ["kinds", "ledger", "model", "secrets"],
  config: ["documents", "kinds", "model", "query", "secrets", "services"],
  output: ["model", "secrets"],
  plan: ["ledger", "model", "secrets"],
  ledger: ["documents", "kinds", "model"],
  services: ["model", "query", "secrets"],
  query: ["model"],
  kinds: ["model"],
  sandbox: [],
  documents: ["model", "secrets"],
  secrets: ["model"],
  model: [],
};

/** Of a service: what is only data and functions, and what asks the service over the network. */
const pureParts = ["facts", "block", "rules", "samples"];
/** Shared by all services. */
const pureOfAll = ["blocks", "monitors"];
const askingParts = ["requests", "doctor", "account", "init"];

/**
 * Rooms whose functions give the same result for the same input: no file system, no process, no clock, no chance. The
 * evaluation process and what starts it live in `query/` and are excepted; `config/` has files that read files.
 */
const pureRooms = ["model", "secrets", "kinds", "ledger", "plan", "output"];
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

/** Rules that forbid these paths, each with its reason, and, for pure code, the world outside. */
function restrictions(paths, isPure) {
  const message = "this is pure: no files, network, process, clock or chance (oxlint.config.mjs)";
  return {
    "no-restricted-imports": ["error", { patterns: isPure ? [...paths, { group: impureModules, message }] : paths }],
    ...(isPure && {
      "no-restricted-globals": ["error", ...impureGlobals.map((name) => ({ name, message }))],
      "no-restricted-properties": ["error", ...impureCalls.map((call) => ({ ...call, message }))],
    }),
  };
}

function otherRooms(room) {
  const allowed = rooms[room];
  const forbidden = Object.keys(rooms).filter((other) => other !== room && !allowed.includes(other));
  const message = `${room}/ imports only ${allowed.join(", ") || "itself"} (rooms in oxlint.config.mjs)`;
  return { group: forbidden.flatMap(pathsTo), message };
}

const pureOfServices = {
  group: askingParts.map((part) => `**/${part}/**`),
  message: `import only what is pure of a service: ${pureParts.join(", ")} (oxlint.config.mjs)`,
};

const roomOverrides = [
  ...Object.keys(rooms).map((room) => ({
    files: [room.endsWith(".ts") ? `src/${room}` : `src/${room}/**`],
    rules: restrictions([otherRooms(room)], pureRooms.includes(room)),
  })),
  { files: ["src/config/**"], rules: restrictions([otherRooms("config"), pureOfServices], false) },
  {
    files: [
      ...pureParts.map((part) => `src/services/*/${part}/**`),
      ...pureOfAll.map((part) => `src/services/${part}/**`),
    ],
    rules: restrictions([otherRooms("services"), pureOfServices], true),
  },
];

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
    ...roomOverrides,
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
