import { describe, expect, test } from "vitest";
import type { TargetFlags } from "../../../src/run/flags.ts";
import { connectionOf } from "../../../src/workflows/connection/target-connection.ts";
import { chooseTargets } from "../../../src/workflows/targets/choose-targets.ts";
import type { TargetServer } from "../../../src/config/sections/target-server.ts";
import { UsageError } from "../../../src/model/errors.ts";

function targetsOf(...targets: readonly TargetServer[]): ReadonlyMap<string, TargetServer> {
  return new Map(targets.map((target) => [target.name, target]));
}

const prod: TargetServer = { name: "prod", url: "https://prod.example" };
const staging: TargetServer = { name: "staging" };
const two = targetsOf(prod, staging);

function refusal(targets: ReadonlyMap<string, TargetServer>, flags: TargetFlags): readonly (string | undefined)[] {
  try {
    return [`chose ${chooseTargets(targets, flags).join()}`];
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return [error.message, error.hint];
  }
}

describe("which targets", () => {
  test.for<[string, ReadonlyMap<string, TargetServer>, TargetFlags, readonly string[]]>([
    ["none declared", targetsOf(), {}, []],
    ["the only one", targetsOf(staging), {}, ["staging"]],
    ["none with a server", targetsOf(staging, { name: "dev" }), {}, []],
    ["those that are named, once", two, { target: ["staging", "prod", "staging"] }, ["staging", "prod"]],
    ["all", two, { allTargets: true }, ["prod", "staging"]],
  ])("%s", ([, targets, flags, names]) => {
    expect(chooseTargets(targets, flags)).toEqual(names);
  });

  test.for<[string, ReadonlyMap<string, TargetServer>, TargetFlags, readonly (string | undefined)[]]>([
    [
      "nobody chose",
      two,
      {},
      ["the configuration has 2 targets, and none was chosen", "give --target prod, --target staging or --all-targets"],
    ],
    ["misspelt", two, { target: ["prdo"] }, ['there is no target "prdo"', 'did you mean "prod"?']],
    ["unknown", two, { target: ["x"] }, ['there is no target "x"', "known are prod, staging"]],
    ["no targets", targetsOf(), { target: ["x"] }, ['there is no target "x"', "the configuration has no targets"]],
    [
      "both flags",
      two,
      { target: ["prod"], allTargets: true },
      ["--target and --all-targets exclude each other", undefined],
    ],
    [
      "all of none",
      targetsOf(),
      { allTargets: true },
      ["--all-targets was given, and the configuration has no targets", undefined],
    ],
  ])("refused: %s", ([, targets, flags, words]) => {
    expect(refusal(targets, flags)).toEqual(words);
  });
});

describe("the connection of a target", () => {
  const own = {
    variables: {
      username: "KUMA_SYNC_PROD_USERNAME",
      password: "KUMA_SYNC_PROD_PASSWORD",
      token: "KUMA_SYNC_PROD_TOKEN",
      totpSecret: "KUMA_SYNC_PROD_TOTP_SECRET",
    },
  };
  const general = {
    variables: {
      username: "KUMA_SYNC_USERNAME",
      password: "KUMA_SYNC_PASSWORD",
      token: "KUMA_SYNC_TOKEN",
      totpSecret: "KUMA_SYNC_TOTP_SECRET",
    },
  };
  const env = { KUMA_SYNC_URL: "https://other.example", KUMA_SYNC_USERNAME: "other", KUMA_SYNC_PASSWORD: "x" };

  test("among several nothing general counts", () => {
    expect(connectionOf(prod, env, false)).toEqual({
      url: "https://prod.example",
      isUrlInFile: true,
      username: undefined,
      usernameVariable: undefined,
      ...own,
    });
    expect(connectionOf(staging, env, false)).toMatchObject({ url: undefined, isUrlInFile: false });
  });

  test("of the only one what the file leaves open is general", () => {
    expect(connectionOf(prod, env, true)).toEqual({
      url: "https://prod.example",
      isUrlInFile: true,
      username: "other",
      usernameVariable: "KUMA_SYNC_USERNAME",
      ...general,
    });
    expect(connectionOf(staging, env, true)).toMatchObject({ url: "https://other.example", isUrlInFile: false });
  });

  test.for(["PASSWORD", "PASSWORD_FILE", "TOKEN"])("its own %s keeps the general secrets out", (name) => {
    expect(connectionOf(prod, { ...env, [`KUMA_SYNC_PROD_${name}`]: "x" }, true)).toMatchObject(own);
    expect(connectionOf(prod, { ...env, [`KUMA_SYNC_PROD_${name}`]: "" }, true)).toMatchObject(general);
  });

  test("its own variables win over the file", () => {
    const mine = { ...env, KUMA_SYNC_PROD_URL: "https://mine.example", KUMA_SYNC_PROD_USERNAME: "me" };
    const written = { ...prod, username: "written" };
    expect(connectionOf(written, mine, false)).toMatchObject({
      url: "https://mine.example",
      isUrlInFile: false,
      username: "me",
      usernameVariable: "KUMA_SYNC_PROD_USERNAME",
    });
    expect(connectionOf(written, env, true)).toMatchObject({ url: "https://prod.example", username: "written" });
  });

  test("names that the file gives are the names", () => {
    const named = { ...prod, passwordEnv: "A", tokenEnv: "B", totpSecretEnv: "C" };
    expect(connectionOf(named, env, true).variables).toMatchObject({ password: "A", token: "B", totpSecret: "C" });
  });

  test("a name is put in capitals and underscores", () => {
    const { variables } = connectionOf({ name: "eu-west.1" }, {}, false);
    expect(variables.password).toBe("KUMA_SYNC_EU_WEST_1_PASSWORD");
  });
});
