import { notByHttp } from "../../requests/not-by-http.ts";

export const doctor = notByHttp("Redis", [
  "try it where Uptime Kuma runs, with the account of the block: redis-cli -h HOST --user USER --askpass PING",
]);
