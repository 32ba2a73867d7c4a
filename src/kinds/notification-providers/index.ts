/** All notification providers. One with typed fields is a file in this folder and a line here. */
import { byType } from "../by-type.ts";
import { amootsms } from "./amootsms.ts";
import { apprise } from "./apprise.ts";
import { openProvider } from "./define-provider.ts";
import { discord } from "./discord.ts";
import { googleChat } from "./google-chat.ts";
import { gotify } from "./gotify.ts";
import { homeAssistant } from "./home-assistant.ts";
import { indigo } from "./indigo.ts";
import { matrix } from "./matrix.ts";
import { mattermost } from "./mattermost.ts";
import { notifyapp } from "./notifyapp.ts";
import { ntfy } from "./ntfy.ts";
import { providerTypes } from "./provider-types.ts";
import { opsgenie } from "./opsgenie.ts";
import { pagerduty } from "./pagerduty.ts";
import { pushbullet } from "./pushbullet.ts";
import { pushover } from "./pushover.ts";
import { rocketChat } from "./rocket-chat.ts";
import { signal } from "./signal.ts";
import { signalgrid } from "./signalgrid.ts";
import { slack } from "./slack.ts";
import { smtp } from "./smtp.ts";
import { teams } from "./teams.ts";
import { telegram } from "./telegram.ts";
import { twilio } from "./twilio.ts";
import { webhook } from "./webhook.ts";

const typed = byType([
  webhook,
  slack,
  discord,
  telegram,
  smtp,
  ntfy,
  gotify,
  pushover,
  pushbullet,
  teams,
  googleChat,
  mattermost,
  rocketChat,
  matrix,
  signal,
  twilio,
  pagerduty,
  opsgenie,
  homeAssistant,
  apprise,
  signalgrid,
  notifyapp,
  amootsms,
  indigo,
]);

/** The ones with typed fields first. */
export const notificationProviders = byType([
  ...typed.values(),
  ...providerTypes.filter((type) => !typed.has(type)).map(openProvider),
]);
