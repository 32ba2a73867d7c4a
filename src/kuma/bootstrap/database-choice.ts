/** The database that `bootstrap` gives to a new Uptime Kuma 2.x. Hosts are as the server sees them. */
export type DatabaseChoice = { readonly type: "sqlite" } | MariaDbChoice;

export interface MariaDbChoice {
  readonly type: "mariadb";
  readonly hostname: string;
  readonly port: number;
  readonly dbName: string;
  readonly username: string;
  readonly password: string;
}
