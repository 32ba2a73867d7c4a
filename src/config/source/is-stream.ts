/**
 * Paths of something that is already open, such as the pipe of `<(command)` in a shell. Only the operator may use them, on
 * the command line and in variables.
 */
const streamPaths = /^\/dev\/(stdin|null|fd\/\d+)$|^\/proc\/self\/fd\/\d+$/u;

/** `path` is absolute; links in it are not resolved. */
export function isStream(path: string): boolean {
  return streamPaths.test(path);
}
