import { cli, median, runNode } from "./process.mjs";

/** `kuma-sync version` against `node -e 0`, taken in turns. */
export async function measure(say) {
  const rounds = 25;
  const floor = [];
  const ours = [];
  for (let round = 0; round < rounds; round += 1) {
    floor.push((await runNode(["-e", "0"])).ms);
    ours.push((await runNode([cli, "version"])).ms);
  }
  const [bare, version] = [median(floor), median(ours)];
  say(`node -e 0 ${bare.toFixed(0)} ms, kuma-sync version ${version.toFixed(0)} ms`);
  return [
    {
      what: "kuma-sync version / node -e 0",
      value: version / bare,
      limit: 2,
      unit: "x",
      detail: `${version.toFixed(0)} ms / ${bare.toFixed(0)} ms, median of ${rounds}`,
    },
  ];
}
