/** What the monitors of an Open Terminal's block see (docs/upstream/services.md#open-terminal). */
import type { ServiceClaims } from "../../claims.ts";

export const openTerminalClaims: ServiceClaims = {
  ran: "Open Terminal 0.14.5",
  checks: {
    health: { level: 1, asks: "GET /health, without a key", proves: "The process answers.", samples: ["health"] },
    files: {
      level: 2,
      asks: "GET /files/cwd, with the key",
      proves: "The key works, and its working folder is there.",
      samples: ["cwd"],
    },
    execute: {
      level: 3,
      asks: "POST /execute?wait=5, with the key, with `execute: true`",
      proves: "It runs a command to its end.",
      samples: ["execute"],
      cost: "one small log file in its home for each run",
    },
  },
  states: [
    { id: "healthy", about: "everything works", seenBy: [], isHealthy: true },
    { id: "workdir-gone", about: "its working folder and its home are gone", seenBy: ["files", "execute"] },
    { id: "paused", about: "its process hangs", seenBy: ["health", "files", "execute"] },
    { id: "gone", about: "its process is gone", seenBy: ["health", "files", "execute"] },
  ],
  notes: [
    "Without `?wait=` a command is answered at once with `running`: no proof. One that fails is answered with 200 and its `exit_code`.",
    "When the disk of another folder was full, all of them stayed up; only a write there failed, with 400.",
  ],
};
