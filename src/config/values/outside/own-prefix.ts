/** Variables that hold the credentials of this program: a pull request must not send them to a monitored address. */
export const ownPrefix = "KUMA_SYNC_";
