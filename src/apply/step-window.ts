/**
 * Runs tasks in parallel, at most `size` at once, each after the tasks that it depends on. If a task fails, only the
 * tasks that need it are skipped.
 */
import { InternalError } from "../model/errors.ts";

export interface Task<Key, Result> {
  readonly key: Key;
  readonly dependsOn: readonly Key[];
  run(): Promise<Result>;
}

/**
 * Resolves when each task has run or was skipped. `tasks` must be ordered by dependencies. `isFailure` decides whether
 * a result stops the dependent tasks. Once `shouldStop` returns true, no further task starts, and the running ones are
 * awaited.
 */
export async function runWindow<Key, Result>(
  tasks: readonly Task<Key, Result>[],
  options: {
    readonly size: number;
    readonly isFailure: (result: Result) => boolean;
    readonly shouldStop: () => boolean;
    readonly onSkip: (key: Key, because: Key | "stopped") => void;
  },
): Promise<void> {
  const running = new Map<Key, Promise<void>>();
  const failed = new Map<Key, boolean>();
  let waiting = [...tasks];

  const skip = (task: Task<Key, Result>, because: Key | "stopped"): void => {
    failed.set(task.key, true);
    options.onSkip(task.key, because);
  };
  const start = (task: Task<Key, Result>): void => {
    const run = task.run().then((result) => {
      failed.set(task.key, options.isFailure(result));
      running.delete(task.key);
    });
    running.set(task.key, run);
  };

  while (waiting.length > 0) {
    const later: Task<Key, Result>[] = [];
    for (const [index, task] of waiting.entries()) {
      if (running.size >= options.size && !options.shouldStop()) {
        later.push(...waiting.slice(index));
        break;
      }
      const broken = task.dependsOn.find((key) => failed.get(key) === true);
      const isReady = task.dependsOn.every((key) => failed.get(key) === false);
      if (options.shouldStop()) skip(task, "stopped");
      else if (broken !== undefined) skip(task, broken);
      else if (isReady) start(task);
      else later.push(task);
    }
    waiting = later;
    if (waiting.length > 0 && running.size === 0)
      throw new InternalError("a task needs one that is not in the list before it");
    if (waiting.length > 0) await Promise.race(running.values());
  }
  await Promise.all(running.values());
}
