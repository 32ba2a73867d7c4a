const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EISDIR: "it is a folder",
  ENOTDIR: "a part of the path is not a folder",
  // The error of mkdir when a file is where it needs a folder.
  EEXIST: "a part of the path is not a folder",
  EROFS: "the disk is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
};

/** The system's reason in words, without the path that its own message repeats. */
export function reasonOf(error: unknown): string {
  const { code = "unknown reason" } = error as NodeJS.ErrnoException;
  return reasons[code] ?? code;
}
