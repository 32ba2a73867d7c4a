import { notByHttp } from "../../requests/not-by-http.ts";

export const doctor = notByHttp("PostgreSQL", [
  "try it where Uptime Kuma runs, with the account of the block: psql -h HOST -U USER -d DATABASE -c 'SELECT 1'",
]);
