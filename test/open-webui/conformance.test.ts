/**
 * The stand-in says nothing that a real Open WebUI of the same release does not say. The answers were written down by
 * conformance.open-webui.test.ts, which also finds what they do not say any more.
 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { addUser } from "../services/open-webui/stand-in/state.ts";
import { startOpenWebUI } from "../services/open-webui/stand-in/stand-in.ts";
import { observe, readObservations, type ComparedServer, type Observation } from "./conformance/observe.ts";
import { comparedStates, secondFactorState } from "./conformance/requests.ts";
import { untrueIn } from "./conformance/shape.ts";

const said = ({ status, contentType, shape }: Observation): string =>
  `${status} ${contentType} ${JSON.stringify(shape)}`;

const admin = { email: "admin@example.test", password: "Admin-Zq9vX3-secret" };

describe.each(["0.11.4", "0.12.4"])("the stand-in of Open WebUI %s", (version) => {
  it("answers as the real one does, in every state", async ({ onTestFinished }) => {
    const standIn = await startOpenWebUI(version);
    onTestFinished(() => standIn.stop());
    const { state } = standIn;
    addUser(state, { ...admin, name: "Admin", role: "admin" });
    const all = { openai: state.providers.openai.models, ollama: state.providers.ollama.models };

    const server: ComparedServer = {
      url: standIn.url,
      admin,
      async enter({ providers = {}, disabled = [], hasManualIds = false }) {
        for (const kind of ["openai", "ollama"] as const) {
          const { isGone, list, version: ofVersion, completion, models } = providers[kind] ?? {};
          Object.assign(state.providers[kind], {
            isUp: isGone !== true,
            isEnabled: !disabled.includes(kind),
            hasManualIds: kind === "openai" && hasManualIds,
            models: models ?? all[kind],
            list,
            version: ofVersion,
            completion,
          });
        }
      },
    };
    const recorded = readObservations(readFileSync(new URL(`conformance/${version}.txt`, import.meta.url), "utf8"));
    const hasSecondFactor = recorded.some(({ state: name }) => name === secondFactorState.name);
    const observed = await observe(server, [...comparedStates, ...(hasSecondFactor ? [secondFactorState] : [])]);
    expect(observed.map(({ state: name, asked }) => `${name}, ${asked}`)).toEqual(
      recorded.map(({ state: name, asked }) => `${name}, ${asked}`),
    );
    const different = observed.flatMap((ours, index) => {
      const theirs = recorded[index];
      if (theirs === undefined) return [];
      const isSame = ours.status === theirs.status && ours.contentType === theirs.contentType;
      const place = untrueIn(ours.shape, theirs.shape);
      const where = `${theirs.state}, ${theirs.asked}${place === undefined ? "" : ` at ${place}`}`;
      return isSame && place === undefined ? [] : [{ where, standIn: said(ours), real: said(theirs) }];
    });
    expect(different).toEqual([]);
  });
});
