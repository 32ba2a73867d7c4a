/**
 * Paths that stand for something that is open already, such as the pipe of `<(command)` in a shell. Only the operator may
 * name one: on the command line, and in variables.
 */
const streamPaths = /^\/dev\/(stdin|null|fd\/\d+)$|^\/proc\/self\/fd\/\d+$/u;

/** `path` is absolute, as it was given. */
export function isStream(path: string): boolean {
  return streamPaths.test(path);
}
