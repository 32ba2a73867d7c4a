/** The commands around a server and this tool: a first set-up, a first file, a rehearsal, a shell. */
import { Argument, Option } from "commander";
import type { OpenWebUIAccountFlags } from "../../workflows/open-webui/bootstrap-open-webui.ts";
import type { BootstrapFlags } from "../../commands/bootstrap.ts";
import type { DoctorFlags } from "../../commands/doctor.ts";
import {
  addAccountFlags,
  addApplyFlags,
  addConfigFlags,
  addFormatFlag,
  addOpenWebUIFlags,
  addOutputFlags,
  addServerFlags,
  addText,
  parsePort,
} from "../../run/declare-flags.ts";
import type { FormatFlag } from "../../run/flags.ts";
import type { InitFlags } from "../../commands/init.ts";
import type { SandboxFlags } from "../../commands/sandbox.ts";
import { shells, type Shell } from "../../run/shells.ts";
import type { Declaring } from "./declaring.ts";

export function declareSettingUp({ add, context, end }: Declaring): void {
  const bootstrap = add("bootstrap", "set up a new server: its database and its administrator")
    .addOption(
      new Option("--database <type>", "database of Uptime Kuma 2.x").choices(["sqlite", "mariadb"]).default("sqlite"),
    )
    .option("--db-host <host>", "MariaDB: its address, as the server sees it")
    .option("--db-port <port>", "MariaDB: its port", parsePort, 3306)
    .option("--db-name <name>", "MariaDB: the database", "kuma")
    .option("--db-username <name>", "MariaDB: the account; its password comes from KUMA_SYNC_DB_PASSWORD")
    .option("--apply", "then apply the configuration");
  addAccountFlags(addOutputFlags(addServerFlags(addApplyFlags(addConfigFlags(bootstrap))))).action(
    async (flags: BootstrapFlags & OpenWebUIAccountFlags) =>
      end(
        flags.openWebui === undefined
          ? await (await import("../../commands/bootstrap.ts")).runBootstrap(context, flags)
          : await (
              await import("../../workflows/open-webui/bootstrap-open-webui.ts")
            ).runOpenWebUIBootstrap(context, flags),
      ),
  );

  const init = add("init", "write a first monitors.yaml for an Open WebUI")
    .option("--out <file>", "where to write it; never over a file that is there", "monitors.yaml")
    .option("--project <name>", "name of the project (default: open-webui)")
    .option("--model <id>", "watch this model, and not the first ones that are found; may be repeated", addText)
    .option("--no-input", "never ask; implied when stdin is not a terminal or CI is set");
  addOutputFlags(addOpenWebUIFlags(init)).action(async (flags: InitFlags) =>
    end(await (await import("../../commands/init.ts")).runInit(context, flags)),
  );

  const doctor = add("doctor", "say what is wrong between monitors and an Open WebUI")
    .option("--model <id>", "a model that is to be watched; may be repeated", addText)
    .option("--completions", "also ask each model for an answer, which costs tokens")
    .option("--api-key-header <name>", "send the key in this header (default: Authorization)");
  addOutputFlags(addOpenWebUIFlags(doctor)).action(async (flags: DoctorFlags) =>
    end(await (await import("../../commands/doctor.ts")).runDoctor(context, flags)),
  );

  const sandbox = add("sandbox", "start a throwaway Uptime Kuma on this machine, until Ctrl-C")
    .option("--port <port>", "port on 127.0.0.1 (default: a free one)", parsePort)
    .addOption(new Option("--via <way>", "how to run it").choices(["auto", "docker", "npm"]).default("auto"));
  addOutputFlags(sandbox).action(async (flags: SandboxFlags) =>
    end(await (await import("../../commands/sandbox.ts")).runSandbox(context, flags)),
  );

  addFormatFlag(add("version", "print the version")).action(async (flags: FormatFlag) =>
    end(await (await import("../../commands/version.ts")).runVersion(context, flags)),
  );

  add("completion", "print the completion script of a shell")
    .addArgument(new Argument("<shell>", "which").choices(shells))
    .action(async (shell: Shell) => {
      const { printCompletionScript } = await import("../../commands/completion.ts");
      printCompletionScript(shell, context.stdout);
      end({ type: "done" });
    });
}
