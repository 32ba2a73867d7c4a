/** What `kuma-sync --help` prints below the commands. */
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
  -e FILE reads variables from a file; nothing is read from .env unasked

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
