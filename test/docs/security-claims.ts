/**
 * Every claim of SECURITY.md and of "Running in CI", by how its paragraph, list item or table row begins, and the tests that
 * prove it: a file and words of a title in it.
 */

export interface Claim {
  readonly begins: string;
  /** File below `test/`, and a part of a title in it. */
  readonly tests: readonly (readonly [file: string, title: string])[];
  /** Why there is none: the text promises nothing about the program. */
  readonly why?: string;
}

const hosts = "workflows/connection/allow-destination.fake.test.ts";
const untrusted = ["workflows/connection/refuse-untrusted.fake.test.ts", "KUMA_SYNC_UNTRUSTED=1"] as const;
const contained = [
  ["hostile/untrusted-queries.test.ts", "runs no code of a body"],
  ["hostile/untrusted-queries.test.ts", "opens no inspector"],
] as const;
const elsewhere = [hosts, "belong to KUMA_SYNC_URL"] as const;
const onlyFile = [hosts, "at an address that only the configuration names"] as const;
const allowList = ["config/values/allowed-env.test.ts", "KUMA_SYNC_ALLOW_ENV"] as const;
const ownVariables = ["config/values/allowed-env.test.ts", "no variable of ours is readable"] as const;
const noSecret = ["traps/secrets.fake.test.ts", "in any stream, file, format or level of detail"] as const;
const inert = ["hostile/names.fake.test.ts", "no text from another person is active in any format"] as const;
const noConnection = ["workflows/planning/read-snapshot-file.fake.test.ts", "makes no connection"] as const;
const warned = ["kuma/login/exposed-login.fake.test.ts", "is printed once by"] as const;
const notFollowed = ["kuma/socket/redirects.fake.test.ts", "is not followed"] as const;
const token = ["action/environment.test.ts", "stay with the action"] as const;
const strangers = ["action/environment.test.ts", "a stranger's files"] as const;
const recipes = "examples/ci.test.ts";
const stale = ["workflows/planning/saved-plan.fake.test.ts", "is stale when the server has changed"] as const;
const twoRuns = "laws/two-runs.real.test.ts";
const leaseLaw = "laws/lease.test.ts";
const oneWrites = [twoRuns, 'test.each(["plain", "saved"])'] as const;
const neverMix = [leaseLaw, "the writes of two runs never mix"] as const;
const refusedLease = [twoRuns, "a lease that does not come free ends the run with exit 6"] as const;
const offline = ["laws/offline.fake.test.ts", "print the same bytes, whatever the values"] as const;
const inside = ["config/source/contained-files.test.ts", "is refused when it is outside"] as const;
const pointer = "points to other pages";

export const securityClaims: readonly Claim[] = [
  { begins: "kuma-sync runs in CI on files", tests: [], why: pointer },
  { begins: "Report it in private", tests: [], why: "about people" },
  { begins: "| the operator", tests: [[hosts, "allowed by --url"]] },
  { begins: "| the author of the configuration", tests: [elsewhere, ownVariables, ...contained] },
  { begins: "| the servers", tests: [inert, notFollowed] },
  {
    begins: "| `validate`, `render`, `test`",
    tests: [noConnection, ...contained, [untrusted[0], "opens no connection"]],
  },
  {
    begins: "| `plan`, `status`",
    tests: [
      elsewhere,
      onlyFile,
      allowList,
      ["kuma/connect.fake.test.ts", "no way to write"],
      ["workflows/monitor-tests/judge-before-writing.fake.test.ts", "evaluates the queries contained"],
    ],
  },
  { begins: "| `test --probe`, `doctor`", tests: [untrusted] },
  { begins: "| `drill`", tests: [untrusted] },
  { begins: "| `apply`, `destroy`", tests: [untrusted] },
  { begins: "`KUMA_SYNC_UNTRUSTED=1` makes", tests: [untrusted, strangers] },
  {
    begins: "| a query runs code",
    tests: [...contained, ["query/child/containment.test.ts", "never changes a verdict"]],
  },
  { begins: "| a target's `url`", tests: [elsewhere, onlyFile] },
  { begins: "| `http://` in place", tests: [["kuma/origin.test.ts", "is another server"]] },
  {
    begins: "| a redirect takes",
    tests: [notFollowed, ["kuma/login/cookie-login.fake.test.ts", "a redirect, which is not followed"]],
  },
  {
    begins: "| a session of Uptime Kuma 3.x",
    tests: [
      ["kuma/login/session-secrets.fake.test.ts", "with a server that repeats it in every error"],
      ["kuma/login/session-secrets.fake.test.ts", "it also signs out, whatever happens"],
      ["contract/sign-in.both.test.ts", "a session lasts a day at most"],
    ],
  },
  { begins: "| a file prints a secret", tests: [offline] },
  { begins: "| `${file:…}` or a sample", tests: [inside] },
  {
    begins: "| a loop takes its rows",
    tests: [
      ["config/expand/row-files.test.ts", "is refused when it is outside"],
      ["config/expand/row-files.test.ts", "of more than 16 MB"],
      ["config/expand/row-files.test.ts", "are text: nothing in them is read"],
    ],
  },
  { begins: "| `passwordEnv` names", tests: [[hosts, "a variable that is not one for Uptime Kuma"], allowList] },
  { begins: "| `${env:NAME}` sends", tests: [ownVariables, allowList] },
  {
    begins: "| a mistake in a file of",
    tests: [
      ["workflows/environment/with-env-files.fake.test.ts", "and none of the text"],
      ["workflows/environment/with-env-files.fake.test.ts", ".env is not read by itself"],
    ],
  },
  { begins: "| somebody on the network", tests: [warned] },
  {
    begins: "| the action's token",
    tests: [token, ["action/environment.test.ts", "the program that the action runs has none"]],
  },
  { begins: "| a package's script", tests: [["action/environment.test.ts", "installs without scripts and secrets"]] },
  {
    begins: "| a secret shows",
    tests: [
      noSecret,
      ["workflows/planning/saved-plan.fake.test.ts", "holds no secret and no hash"],
      ["commands/snapshot.fake.test.ts", "prints one document without secrets"],
    ],
  },
  { begins: "| a name or message", tests: [inert] },
  { begins: "| a report overwrites", tests: [["workflows/files/write-files.fake.test.ts", "links within the folder"]] },
  {
    begins: "| a finding quotes a password",
    tests: [
      ["hostile/written-secrets.test.ts", "$writing, $place, is in no format"],
      ["hostile/written-secrets.test.ts", "in %s is in no format"],
    ],
  },
  {
    begins: "| `validate --fix` writes",
    tests: [
      ["commands/validate-fix.test.ts", "changes all files that were given, and no other"],
      ["commands/validate-fix.test.ts", "does not write through a link that leads out of the folder"],
      ["config/source/hidden/shown-lines.test.ts", "a password %s is not shown"],
      ["config/source/repair.test.ts", "the repair of %s does not repeat it"],
    ],
  },
  {
    begins: "| a file hides its own mistakes",
    tests: [
      ["commands/silenced.fake.test.ts", "do not hide an error from apply: nothing is written"],
      ["commands/silenced.fake.test.ts", "are in JSON as suppressed, and counted apart"],
    ],
  },
  {
    begins: "| someone else's comment",
    tests: [
      ["action/run.fake.test.ts", "an output cannot be injected"],
      ["action/run.fake.test.ts", "comment and issue of somebody else are left alone"],
    ],
  },
  { begins: "| a saved plan does", tests: [stale] },
  {
    begins: "| a stranger asks the listener",
    tests: [
      ["drill/listener.test.ts", "is unknown to everybody else"],
      ["drill/drill.fake.test.ts", "no secret is on the server meanwhile"],
    ],
  },
  {
    begins: "| somebody plants",
    tests: [
      ["cli/chunk-loader.test.ts", "where others can write is not used"],
      ["cli/chunk-loader.test.ts", "nobody else can write where the code is kept"],
    ],
  },
  { begins: "| two runs write at once", tests: [oneWrites, neverMix, refusedLease] },
];

export const ciClaims: readonly Claim[] = [
  { begins: "After reading this page", tests: [], why: "says what the page is for" },
  { begins: "| every push", tests: [["cli/program.test.ts", "exits 0 for a valid file and 3 for one with errors"]] },
  { begins: "| pull request", tests: [["traps/exit-codes.fake.test.ts", "a failing write fails the run"]] },
  { begins: "| main", tests: [stale, ["traps/exit-codes.fake.test.ts", "a failing write fails the run"]] },
  { begins: "| nightly", tests: [["traps/exit-codes.fake.test.ts", "detailed-exitcode"]] },
  { begins: "Ready-made:", tests: [[recipes, "every call in them is one that the program takes"]] },
  { begins: "[SECURITY.md](../SECURITY.md) lists which", tests: [], why: pointer },
  { begins: "- Only the step that needs", tests: [[recipes, "only steps have secrets"]] },
  { begins: "- Packages are installed", tests: [[recipes, "nothing is installed with scripts"]] },
  { begins: "- Actions are pinned", tests: [[recipes, "actions are pinned to a commit"]] },
  { begins: "- `actions/checkout`", tests: [[recipes, "actions are pinned to a commit"]] },
  {
    begins: "- A pull request from a branch",
    tests: [[recipes, "a fork is planned without secrets"], noConnection],
  },
  { begins: "- Only a saved plan", tests: [[recipes, "only a saved plan is applied"], stale] },
  {
    begins: "`plan --out plan.json` stores the plan and every consent",
    tests: [
      ["workflows/planning/saved-plan.fake.test.ts", "that was blocked stays blocked: exit 5"],
      [
        "workflows/planning/saved-plan.fake.test.ts",
        "is applied without a question, with the deletes that were allowed",
      ],
    ],
  },
  {
    begins: "The examples for GitHub and GitLab take the number",
    tests: [
      [
        "workflows/planning/saved-plan.fake.test.ts",
        "does no step that was added to the file and is not in the configuration",
      ],
      [recipes, "only a saved plan is applied"],
    ],
  },
  { begins: "Set `KUMA_SYNC_ALLOW_ENV`", tests: [allowList] },
  {
    begins: "`KUMA_SYNC_URL`, `KUMA_SYNC_USERNAME`",
    tests: [["workflows/connection/read-connection.fake.test.ts", "where the connection comes from"], ownVariables],
  },
  { begins: "One run is one login", tests: [["kuma/login/login-limit.fake.test.ts", "the login limit of"]] },
  { begins: "A login over plain", tests: [warned, notFollowed] },
  { begins: "Credentials go where", tests: [elsewhere, onlyFile] },
  {
    begins: "- `KUMA_SYNC_USERNAME`",
    tests: [elsewhere, [hosts, "KUMA_SYNC_USERNAME too"], [hosts, "allowed by --url"]],
  },
  { begins: "- `KUMA_SYNC_PROD_PASSWORD`", tests: [onlyFile, [hosts, "allowed by %s"]] },
  { begins: "- On a terminal", tests: [[hosts, "asks once, and remembers"]] },
  { begins: "Otherwise the run ends", tests: [elsewhere, ["kuma/origin.test.ts", "the same server"]] },
  { begins: "`KUMA_SYNC_HOSTS` is a list", tests: [["workflows/connection/allowed-hosts.test.ts", "KUMA_SYNC_HOSTS"]] },
  { begins: "What comes from", tests: [noSecret, ["secrets/redactor.test.ts", "word"]] },
  { begins: "`--report FORMAT=FILE`", tests: [["workflows/reports/publish.test.ts", "report"]] },
  ...["json", "markdown", "github", "html", "sarif", "junit"].map((format): Claim => ({
    begins: `| \`${format}\``,
    tests: [["workflows/reports/publish.test.ts", "report"]],
  })),
  { begins: "In GitHub Actions", tests: [inert] },
  {
    begins: "They have no secrets.",
    tests: [["commands/snapshot.fake.test.ts", "prints one document without secrets"], noConnection],
  },
  { begins: "The action does it with", tests: [["action/environment.test.ts", "snapshot and against"]] },
  { begins: "`validate`, `render`, `test` and `plan --against` need none", tests: [offline] },
  {
    begins: "`${file:…}`, `sample.file` and",
    tests: [inside, ["config/source/contained-files.test.ts", "may lie in a folder that the operator named"]],
  },
  { begins: "`apply`, `destroy` and `bootstrap --apply` take a lease", tests: [oneWrites, neverMix, refusedLease] },
  {
    begins: "A run that is interrupted gives its lease back",
    tests: [[leaseLaw, "is taken over once it has not changed"]],
  },
  { begins: "What this cannot exclude:", tests: [[leaseLaw, "is lost to a later run"]] },
  {
    begins: "The lease and the ledger are saved",
    tests: [[twoRuns, "settings that an operator saves during applies stay saved"]],
  },
  {
    begins: "`--target prod` picks one",
    tests: [["workflows/targets/run-for-targets.fake.test.ts", "--all-targets runs for all of them"]],
  },
];
