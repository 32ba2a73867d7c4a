/** A configuration reaches the files of its folder, and of the folders that the operator named, by any way; and no others. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { SecretUse } from "../../../src/config/config.ts";
import { loadConfig } from "../load-config.ts";
import { kinds } from "../../../src/kinds/index.ts";

const secret = "f1le-Zq9vX3-content";

/** A configuration folder `shop`, and beside it `elsewhere` with a file `secret` and a YAML file. */
function openFolders(): { readonly shop: string; readonly elsewhere: string; readonly top: string } {
  const top = mkdtempSync(join(tmpdir(), "kuma-sync-files-"));
  onTestFinished(() => rmSync(top, { recursive: true }));
  const [shop, elsewhere] = [join(top, "shop"), join(top, "elsewhere")];
  for (const folder of [shop, elsewhere, join(shop, "below")]) mkdirSync(folder);
  for (const folder of [join(shop, "below"), elsewhere]) writeFileSync(join(folder, "secret"), `${secret}\n`);
  writeFileSync(
    join(elsewhere, "other.yaml"),
    `monitors: { other: { type: http, url: "https://${secret}.example" } }\n`,
  );
  return { shop, elsewhere, top };
}

const using = (path: string): string =>
  `version: 1\nproject: shop\nmonitors:\n  a: { type: http, url: https://x.example, description: "\${file:${path}}" }\n`;

interface Loading {
  readonly cwd: string;
  readonly paths?: readonly string[];
  readonly fileRoots?: readonly string[];
  readonly stdin?: string;
  readonly secrets?: SecretUse;
}

/** Codes with what is said, and what the description became. */
async function load({ cwd, paths = [], fileRoots = [], stdin = "", secrets = "real" }: Loading): Promise<{
  readonly findings: readonly string[];
  readonly description: unknown;
  readonly keys: readonly string[];
}> {
  const readStdin = (): Promise<string> => Promise.resolve(stdin);
  const config = await loadConfig({ paths, cwd, env: {}, vars: {}, fileRoots, secrets, readStdin }, kinds);
  return {
    findings: config.findings
      .filter(({ code }) => code !== "KS1616")
      .map(({ code, severity, message }) => `${code} ${severity}: ${message}`),
    description: config.entities[0]?.written["description"],
    keys: config.entities.map(({ key }) => key),
  };
}

/** What `${file:path}` in `shop/monitors.yaml` gives. */
async function read(shop: string, path: string, fileRoots: readonly string[] = []): ReturnType<typeof load> {
  writeFileSync(join(shop, "monitors.yaml"), using(path));
  return load({ cwd: shop, fileRoots });
}

const isOutside = expect.stringMatching(/^KS1107 error: cannot read "[^"]+": it lies (outside|in \/)/u);

describe("a file that the configuration names", () => {
  test("is read when it is inside, also through a link that ends inside", async () => {
    const { shop } = openFolders();
    symlinkSync("below/secret", join(shop, "link"));
    symlinkSync("below", join(shop, "folder"));
    for (const path of [
      "below/secret",
      "./below/../below/secret",
      "link",
      "folder/secret",
      join(shop, "below/secret"),
    ]) {
      expect(await read(shop, path)).toMatchObject({ findings: [], description: secret });
    }
  });

  test("is refused when it is outside, however the path leads there", async () => {
    const { shop, elsewhere, top } = openFolders();
    symlinkSync(join(elsewhere, "secret"), join(shop, "link"));
    symlinkSync("link", join(shop, "twice"));
    symlinkSync(elsewhere, join(shop, "folder"));
    symlinkSync(top, join(shop, "top"));
    const paths = [
      "link",
      "twice",
      "folder/secret",
      "top/elsewhere/secret",
      "../elsewhere/secret",
      join(elsewhere, "secret"),
    ];
    for (const path of [...paths, "below/../../elsewhere/secret", "../shop-2/secret", "/etc/passwd", "/no/such/file"]) {
      expect((await read(shop, path)).findings).toEqual([isOutside]);
    }
  });

  test("is refused in what version control keeps, where CI systems leave a token", async () => {
    const { shop } = openFolders();
    for (const folder of [".git", "below/.git/modules", ".HG"]) {
      mkdirSync(join(shop, folder), { recursive: true });
      writeFileSync(join(shop, folder, "config"), secret);
    }
    symlinkSync(".git/config", join(shop, "link"));
    for (const path of [".git/config", "below/.git/modules/config", ".HG/config", "link", ".git/missing"]) {
      const { findings, description } = await read(shop, path);
      expect(findings).toEqual([expect.stringMatching(/^KS1107 error: .* which may hold a token/u)]);
      expect(description).toBeUndefined();
    }
    expect(await read(shop, ".git/config", [join(shop, ".git")])).toMatchObject({ findings: [], description: secret });
    writeFileSync(join(shop, ".gitignore"), secret);
    expect(await read(shop, ".gitignore")).toMatchObject({ findings: [], description: secret });
  });

  test("behind a link is refused with the same words, whether it is there or not", async () => {
    const { shop, elsewhere } = openFolders();
    const said = async (target: string): Promise<string> => {
      rmSync(join(shop, "link"), { force: true });
      symlinkSync(target, join(shop, "link"));
      const { findings } = await read(shop, "link");
      return findings.join("\n");
    };
    const there = await said(join(elsewhere, "secret"));
    expect(there).toMatch(/lies outside/u);
    for (const missing of [join(elsewhere, "missing"), "../elsewhere/missing", join(elsewhere, "secret", "below")]) {
      expect(await said(missing)).toBe(there);
    }
    expect(await said("missing")).toMatch(/^KS1103/u);
  });

  test("may lie in a folder that the operator named, and nowhere else", async () => {
    const { shop, elsewhere } = openFolders();
    symlinkSync(join(elsewhere, "secret"), join(shop, "link"));
    for (const root of [elsewhere, "../elsewhere"]) {
      expect(await read(shop, "link", [root])).toMatchObject({ findings: [], description: secret });
      expect(await read(shop, "../elsewhere/secret", [root])).toMatchObject({ findings: [], description: secret });
    }
    expect((await read(shop, "/etc/passwd", [elsewhere])).findings).toEqual([isOutside]);
  });

  test
    .skipIf(process.platform !== "linux")
    .each([
      "/proc/self/environ",
      "/proc/self/cwd/below/secret",
      "/sys/kernel/notes",
      "/dev/zero",
      "/dev/stdin",
      "/dev/fd/0",
      "/dev/null",
    ])("is never %s, whatever is allowed", async (path) => {
    const { shop } = openFolders();
    symlinkSync(path, join(shop, "link"));
    expect((await read(shop, path, ["/"])).findings).toEqual([isOutside]);
    const over = await read(shop, "link", ["/"]);
    expect(over.description === undefined || path.includes("/cwd/")).toBe(true);
  });

  test.skipIf(process.platform === "win32")("is no folder, FIFO or socket, and none is waited for", async () => {
    const { shop } = openFolders();
    execFileSync("mkfifo", [join(shop, "fifo")]);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(join(shop, "socket"), resolve));
    onTestFinished(() => void server.close());
    const said = [];
    for (const path of ["below", "fifo", "socket", "nothing"]) said.push((await read(shop, path)).findings);
    expect(said).toEqual([
      ['KS1103 error: cannot read "below": it is a folder'],
      ['KS1103 error: cannot read "fifo": it is a FIFO, and only regular files are read'],
      ['KS1103 error: cannot read "socket": it is a socket, and only regular files are read'],
      ['KS1103 error: cannot read "nothing": there is no such file'],
    ]);
  });

  test("is looked for and not opened where values are withheld", async () => {
    const { shop } = openFolders();
    writeFileSync(join(shop, "monitors.yaml"), using("below/secret"));
    const { findings, description } = await load({ cwd: shop, secrets: "withheld" });
    expect([findings, description]).toEqual([[], expect.stringMatching(/^placeholder[0-9a-f]{8}$/u)]);
    writeFileSync(join(shop, "monitors.yaml"), using("nothing"));
    expect((await load({ cwd: shop, secrets: "withheld" })).findings).toEqual([
      'KS1103 warning: cannot read "nothing": there is no such file',
    ]);
    writeFileSync(join(shop, "monitors.yaml"), using("../elsewhere/secret"));
    expect((await load({ cwd: shop, secrets: "withheld" })).findings).toEqual([isOutside]);
  });
});

describe("the folder of a configuration", () => {
  test("may be a link itself", async () => {
    const { shop, top } = openFolders();
    writeFileSync(join(shop, "monitors.yaml"), using("below/secret"));
    symlinkSync("shop", join(top, "link"));
    expect(await load({ cwd: join(top, "link") })).toMatchObject({ findings: [], description: secret });
    expect(await load({ cwd: top, paths: ["link/monitors.yaml"] })).toMatchObject({
      findings: [],
      description: secret,
    });
    expect(await load({ cwd: top, paths: ["link"] })).toMatchObject({ findings: [], description: secret });
  });

  test("is the one that -f names, for files below it, and their own where they are named one by one", async () => {
    const { shop, top } = openFolders();
    mkdirSync(join(shop, "teams"));
    writeFileSync(join(shop, "teams", "monitors.yaml"), using("../below/secret"));
    expect(await load({ cwd: top, paths: ["shop"] })).toMatchObject({ findings: [], description: secret });
    expect(await load({ cwd: top, paths: ["shop/**/*.yaml"] })).toMatchObject({ findings: [], description: secret });
    expect((await load({ cwd: top, paths: ["shop/teams/monitors.yaml"] })).findings).toEqual([isOutside]);
    expect((await load({ cwd: top, paths: ["shop/teams/*.yaml"] })).findings).toEqual([isOutside]);
  });

  test("is the current one for standard input", async () => {
    const { shop, top } = openFolders();
    const stdin = using("below/secret");
    expect(await load({ cwd: shop, paths: ["-"], stdin })).toMatchObject({ findings: [], description: secret });
    expect((await load({ cwd: top, paths: ["-"], stdin: using("/etc/passwd") })).findings).toEqual([isOutside]);
  });

  test("holds the configuration file too, links followed", async () => {
    const { shop, elsewhere } = openFolders();
    symlinkSync(join(elsewhere, "secret"), join(shop, "monitors.yaml"));
    for (const paths of [[], ["monitors.yaml"], ["."], ["*.yaml"]]) {
      expect((await load({ cwd: shop, paths })).findings).toEqual([isOutside]);
    }
    rmSync(join(shop, "monitors.yaml"));
    writeFileSync(join(shop, "below", "real.yaml"), using("below/secret"));
    symlinkSync("below/real.yaml", join(shop, "monitors.yaml"));
    expect(await load({ cwd: shop })).toMatchObject({ findings: [], description: secret });
  });
});

describe("a search for files", () => {
  test("finds a file once, and follows links that end inside", async () => {
    const { shop, top } = openFolders();
    mkdirSync(join(shop, ".releases"));
    writeFileSync(join(shop, ".releases", "monitors.yaml"), using(join(shop, "below/secret")));
    symlinkSync(".releases", join(shop, "current"));
    symlinkSync("current/monitors.yaml", join(shop, "again.yaml"));
    for (const paths of [["shop"], ["shop/**/*.yaml"], ["shop", "shop/again.yaml"]]) {
      expect(await load({ cwd: top, paths })).toMatchObject({ findings: [], keys: ["monitor/a"] });
    }
  });

  test("does not follow a link that leads out and says so; follows it when the operator allows it", async () => {
    const { shop, top } = openFolders();
    writeFileSync(join(shop, "monitors.yaml"), using("below/secret"));
    symlinkSync("../elsewhere", join(shop, "shared"));
    for (const path of ["shop", "shop/**/*.yaml"]) {
      expect(await load({ cwd: top, paths: [path] })).toMatchObject({
        findings: ['KS1107 warning: "shop/shared" is not searched: it is a link that leads out of the folder'],
        keys: ["monitor/a"],
      });
      const allowed = await load({ cwd: top, paths: [path], fileRoots: ["elsewhere"] });
      expect(allowed).toMatchObject({ findings: [], keys: ["monitor/a", "monitor/other"] });
    }
  });

  test("ends when links go in circles or to the root of the machine", async () => {
    const { shop, top } = openFolders();
    writeFileSync(join(shop, "monitors.yaml"), using("below/secret"));
    symlinkSync("/", join(shop, "machine"));
    for (const name of ["x", "y", "z"]) {
      mkdirSync(join(shop, name));
      for (const other of ["x", "y", "z"]) symlinkSync(`../${other}`, join(shop, name, `to-${other}`));
      symlinkSync("..", join(shop, name, "up"));
    }
    const { keys } = await load({ cwd: top, paths: ["shop"] });
    expect(keys).toEqual(["monitor/a"]);
  });

  test.skipIf(process.platform === "win32")("reads no FIFO that has the name of a configuration", async () => {
    const { shop, top } = openFolders();
    execFileSync("mkfifo", [join(shop, "fifo.yaml")]);
    const said = ['KS1001 error: cannot read "shop/fifo.yaml": it is a FIFO, and only regular files are read'];
    expect((await load({ cwd: top, paths: ["shop"] })).findings).toEqual(['KS1008 error: no YAML file in "shop"']);
    expect((await load({ cwd: top, paths: ["shop/fifo.yaml"] })).findings).toEqual(said);
  });
});
