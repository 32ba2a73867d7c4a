import { booleanField, textField } from "../field-shapes.ts";
import { defineMonitorType } from "./define-monitor-type.ts";
import { domainExpiryField, hostnameField, portField } from "./network-fields.ts";

export const gamedig = defineMonitorType({
  type: "gamedig",
  summary: "Asks a game server by its own protocol.",
  fields: {
    game: textField(
      {
        title: "Game",
        description: "The id of the game in GameDig; 2.1 took up the ids of GameDig 5 and renamed some.",
        examples: ["minecraft"],
      },
      { minLength: 1 },
    ),
    hostname: hostnameField,
    port: portField("The game server's port.", { examples: [25_565] }),
    gamedigGivenPortOnly: booleanField({
      title: "Given port only",
      description: "Ask at `port` alone; false also tries the ports that the game usually has.",
      default: true,
    }),
    gamedigToken: textField({
      title: "Token",
      description: "For the few games whose servers want one.",
      examples: ["${env:GAME_TOKEN}"],
      isSensitive: true,
      since: [2, 4, 0],
    }),
    domainExpiryNotification: domainExpiryField,
  },
  required: ["game", "hostname", "port"],
  example: { name: "Minecraft", type: "gamedig", game: "minecraft", hostname: "mc.example.com", port: 25_565 },
});
