/** What the help says below the flags: examples first, because that is what people copy. */

export const programHelp = `
Environment:
  KUMA_SYNC_URL                 address of Uptime Kuma
  KUMA_SYNC_USERNAME            user to log in as
  KUMA_SYNC_PASSWORD            its password
  KUMA_SYNC_TOKEN               a login token, instead of user and password
  KUMA_SYNC_TOTP_SECRET         secret of the two-factor login
  OPEN_WEBUI_API_KEY            key of the account that watches Open WebUI
                                (init, doctor)
  KUMA_SYNC_PASSWORD_FILE, KUMA_SYNC_TOKEN_FILE, KUMA_SYNC_TOTP_SECRET_FILE
                                a file that holds it
  KUMA_SYNC_PROD_PASSWORD       the same for the target "prod"; so for URL,
                                USERNAME, TOKEN and TOTP_SECRET
  KUMA_SYNC_HOSTS               hosts that a target's url may name without
                                KUMA_SYNC_PROD_URL: kuma.example.com,…
  KUMA_SYNC_ALLOW_ENV           variables that the files may name: APP_*,…
  KUMA_SYNC_UNTRUSTED           1 for files of a stranger: refuses apply,
                                doctor, test --probe and their like
  KUMA_SYNC_CACHE_DIR           where sandbox keeps the Uptime Kuma it installs
  NO_COLOR, FORCE_COLOR, CI     the usual meaning
  More for bootstrap: kuma-sync help bootstrap

Exit codes:
  0 done                                5 refused, nothing written
  1 failure                             6 the saved plan is stale, or another
                                          run is writing
  2 changes (plan --detailed-exitcode)  7 cannot connect or log in
  3 invalid configuration               8 incompatible server
  4 partly done or not converged        9 a monitor is not up, a test failed
  64 usage                              130, 143 interrupted

Start:
  kuma-sync validate            is monitors.yaml right?
  kuma-sync plan                what would change?
  kuma-sync apply               do it
`;

export const commandHelp = {
  validate: `
Reads no value of \${env:…} and no file of \${file:…}: placeholders stand for
them, so no variable needs to be set. --with-secrets checks the values too.

Examples:
  kuma-sync validate                          monitors.yaml in this folder
  kuma-sync validate -f monitors/ -f "teams/*.yaml"
  kuma-sync validate -f config/ --file-root /run/secrets
  kuma-sync validate --format json | jq .findings

Exit codes: 0 valid (warnings too), 3 invalid.
`,
  query: `
Nothing but the request of --url leaves this machine; the query runs in a
process with limits.

Examples:
  kuma-sync query '$count(data) > 0' --body models.json --expect true
  curl -s https://example.com/health |
    kuma-sync query status --body - --expect ok
  kuma-sync query '$count(data)' --url https://example.com/api/models \\
    -H 'Authorization: Bearer \${env:KEY}' --operator '>=' --expect 2

Exit codes: 0 up, or no --expect; 3 the expression has errors; 9 down.
`,
  test: `
Runs the \`tests:\` of each json-query and keyword monitor, and breaks its
\`sample:\` in a hundred ways to see what the monitor catches and what it sleeps
through. Without --probe it needs no variable, as validate.

Examples:
  kuma-sync test
  kuma-sync test --server 2.5.3 --server 1.23.17    and whether both agree
  kuma-sync test --report junit=report.xml
  kuma-sync test --probe                      and what the services answer now

--probe reaches hosts that the file names: it is not for untrusted files, and
refuses when KUMA_SYNC_UNTRUSTED=1.

Exit codes: 0 all hold, 3 invalid configuration, 9 a test failed, a monitor
cannot pass or fail, or is down.
`,
  plan: `
Examples:
  kuma-sync plan
  kuma-sync plan --detailed-exitcode          for CI: 0 no changes, 2 changes
  kuma-sync plan --out plan.json --report markdown=plan.md
  kuma-sync plan --select "monitor/web-*"     a part; never removes anything
  kuma-sync plan --against snapshot.json      no credentials, no secrets: for
                                              forks
  kuma-sync plan --format json | jq .summary

Exit codes: 0 done, also when something blocks the plan; 2 changes (only with
--detailed-exitcode), 3 invalid configuration, 7 cannot connect or log in,
8 incompatible server.
`,
  apply: `
Shows the plan, asks, applies, and plans again to prove that nothing is left.

Examples:
  kuma-sync apply
  kuma-sync apply --auto-approve --wait 60s   for CI
  kuma-sync apply --auto-approve --allow-deletes 2
  kuma-sync apply plan.json                   exactly what was saved, or exit 6
  kuma-sync apply --all-targets --auto-approve

Exit codes: 0 done, 3 invalid configuration, 4 partly done or not converged,
5 refused, 6 the saved plan is stale or another run is writing,
7 cannot connect or log in, 8 incompatible server,
9 a new monitor is not up (--wait).
`,
  show: `
Examples:
  kuma-sync show plan.json --full
  kuma-sync show plan.json --report html=plan.html
`,
  destroy: `
Shows what would be deleted, history and all, and wants the names of project and
server. Protected objects stop it; tags stay, because other projects may use
them.

Example:
  kuma-sync destroy --confirm shop@kuma.example.com

Exit codes: 0 done, 4 partly done, 5 refused, 7 cannot connect or log in.
`,
  import: `
Defaults are left out, references go by key, secrets become \${env:…} and are
listed. What cannot be written is listed too. With the \`adopt:\` entries the next
plan only takes over what is there.

Examples:
  kuma-sync import > monitors.yaml
  kuma-sync import --project shop --out shop.yaml --secrets-file secrets.env
  kuma-sync import --select "web-*" --kind monitor
  kuma-sync import --split monitors/

Exit codes: 0 written, 5 a file exists, 7 cannot connect or log in.
`,
  snapshot: `
Examples:
  kuma-sync snapshot --out snapshot.json
  kuma-sync plan --against snapshot.json      elsewhere, without credentials

Exit codes: 0 written, 7 cannot connect or log in.
`,
  notifications: `
Example:
  kuma-sync notifications test oncall         the server sends a test message

Exit codes: 0 sent, 9 the provider refused it.
`,
  status: `
Examples:
  kuma-sync status
  kuma-sync status --format json | jq '.monitors[] | select(.state == "down")'
  kuma-sync status --watch >> status.log

Exit codes: 0 nothing is down, 9 a monitor is down, 7 cannot connect or log in.
After Ctrl-C a watch ends with what it showed last, 0 or 9; after SIGTERM
with 143.
`,
  bootstrap: `
Waits until the server answers, chooses its database (2.x), makes the
administrator and logs in. Does nothing on a server that is set up. --username
is admin unless it is said otherwise.

With --open-webui it makes the account that monitors of an Open WebUI use: keys
enabled, a group, an account without rights, its key. It shows what it will do
and asks.

Environment:
  KUMA_SYNC_DB_PASSWORD         password of --db-username
  OPEN_WEBUI_ADMIN_EMAIL, OPEN_WEBUI_ADMIN_PASSWORD
                                the administrator of Open WebUI
  OPEN_WEBUI_ADMIN_TOKEN        or its token
  OPEN_WEBUI_ACCOUNT_PASSWORD   password of an --account that exists already
  OPEN_WEBUI_ADMIN_TOKEN_FILE   a file that holds it; so for each secret

Examples:
  kuma-sync bootstrap --url http://localhost:3001     asks for the password
  kuma-sync bootstrap --apply --auto-approve  and apply monitors.yaml
  kuma-sync bootstrap --open-webui http://localhost:8080 \\
    --key-file monitoring.env --key-name OPEN_WEBUI_API_KEY --grant gpt-4o

Exit codes: 0 done, or nothing to do, 5 refused, 7 cannot connect or log in;
with --apply also those of apply.
`,
  init: `
Asks Open WebUI for its release and, with the key in OPEN_WEBUI_API_KEY, for the
models that the key's account sees. On a terminal it asks for what no flag says.
The key is not written. Models that are named with --model are enough: without
an address nothing is asked. --open-webui is not for untrusted files, and
refuses when KUMA_SYNC_UNTRUSTED=1.

Examples:
  kuma-sync init
  kuma-sync init --open-webui http://localhost:8080 --out chat.yaml
  kuma-sync init --model gpt-4o --model llama3.1:latest

Exit codes: 0 written, 5 the file exists, 7 no Open WebUI answers.
`,
  doctor: `
Makes the requests of the monitors once, with the key in OPEN_WEBUI_API_KEY, and
says what to change in Open WebUI. Shows no key and no answer. Not for untrusted
files: refuses when KUMA_SYNC_UNTRUSTED=1.

Examples:
  kuma-sync doctor --open-webui http://localhost:8080
  kuma-sync doctor --open-webui http://localhost:8080 --model gpt-4o

Exit codes: 0 nothing is in the way, 9 something is wrong, 7 nothing answers.
`,
  sandbox: `
A real Uptime Kuma in a temporary folder on loopback: with Docker when a daemon
answers, otherwise from npm, which is installed into the user's cache folder the
first time.

Example:
  kuma-sync sandbox                           prints the address and the login
`,
  schema: `
Examples:
  kuma-sync schema > config.schema.json       for editors
  kuma-sync schema plan                       what plan --format json prints
`,
  explain: `
Examples:
  kuma-sync explain KS1505
  kuma-sync explain                           every code and its title
`,
  completion: `
bash also needs the package bash-completion.

Examples:
  kuma-sync completion bash > /etc/bash_completion.d/kuma-sync
  source <(kuma-sync completion zsh)
  kuma-sync completion fish > ~/.config/fish/completions/kuma-sync.fish
  kuma-sync completion powershell >> $PROFILE
`,
  version: `
Example:
  kuma-sync version --format json
`,
} as const satisfies Readonly<Record<string, string>>;
