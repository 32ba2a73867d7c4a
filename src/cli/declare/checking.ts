/** The commands that need no server: what can be known of a configuration, a query, a code. */
import { Argument } from "commander";
import { newestTestedVersion } from "../../model/release.ts";
import {
  addConfigFlags,
  addFormatFlag,
  addOutputFlags,
  addReportFlags,
  addSecretsFlag,
  addTargetFlag,
  addText,
  collectRelease,
  parseRelease,
} from "../../run/declare-flags.ts";
import type { FormatFlag } from "../../run/flags.ts";
import { reportFormats } from "../../output/report-format.ts";
import type { QueryFlags } from "../../commands/query.ts";
import { schemaNames, type SchemaName } from "../../workflows/files/published-schemas.ts";
import type { TestFlags } from "../../commands/test.ts";
import type { ValidateFlags } from "../../commands/validate.ts";
import type { Declaring } from "./declaring.ts";

export function declareChecking({ add, context, end }: Declaring): void {
  const validate = addTargetFlag(
    addSecretsFlag(addConfigFlags(add("validate", "check the configuration, without a server"))),
  );
  addReportFlags(validate, reportFormats.validate).action(async (flags: ValidateFlags) =>
    end(await (await import("../../commands/validate.ts")).runValidate(context, flags)),
  );

  const query = add("query", "try a JSONata expression on a response, by the server's rules")
    .argument("<expression>", "as in jsonPath")
    .optionsGroup("Response:")
    .option("--body <file>", "a file with the response's body, or - for stdin")
    .option("--url <url>", "ask this URL as a monitor would")
    .option("-H, --header <header>", "a header of the request, as 'Name: value'; may be repeated", addText)
    .option("--method <method>", "the request's method (default: GET, or POST with --data)")
    .option("--data <body>", "the request's body, JSON")
    .optionsGroup("Verdict:")
    .option("--expect <text>", "the expected value; exit 9 when the monitor would be down")
    .option("--operator <operator>", "how value and expected value are compared", "==")
    .option("--server <version>", "the Uptime Kuma version that judges", parseRelease, newestTestedVersion);
  addOutputFlags(query).action(async (expression: string, flags: QueryFlags) =>
    end(await (await import("../../commands/query.ts")).runQuery(context, expression, flags)),
  );

  const test = add("test", "prove that the monitors go red when they should; no server needed")
    .option("--server <version>", "judge as this Uptime Kuma version; may be repeated to compare", collectRelease)
    .option("--probe", "also send each HTTP monitor's request from here; exit 9 when one is down");
  addReportFlags(addTargetFlag(addSecretsFlag(addConfigFlags(test))), reportFormats.test).action(
    async (flags: TestFlags) => end(await (await import("../../commands/test.ts")).runTest(context, flags)),
  );

  add("schema", "print a JSON Schema: of the configuration, or of a document of --format json")
    .addArgument(new Argument("[name]", "which").choices(schemaNames).default("config"))
    .action(async (name: SchemaName) => end(await (await import("../../commands/schema.ts")).runSchema(context, name)));

  addFormatFlag(
    add("explain", "say what a code in brackets means, and what to do").argument(
      "[code]",
      "such as KS1505 (default: all)",
    ),
  ).action(async (code: string | undefined, flags: FormatFlag) =>
    end(await (await import("../../commands/explain.ts")).runExplain(context, code, flags)),
  );
}
