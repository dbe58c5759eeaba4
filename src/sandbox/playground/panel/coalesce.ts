/**
 * Returns a function that never runs twice at the same time. Calls made during a run share one
 * following run, so each call resolves with a run that started after the call.
 */
export function coalesce(run: () => Promise<void>): () => Promise<void> {
  let current: Promise<void> | undefined;
  let following: Promise<void> | undefined;
  const start = async (): Promise<void> => {
    following = undefined;
    current = run();
    try {
      await current;
    } finally {
      current = undefined;
    }
  };
  return async () => {
    if (current === undefined) return start();
    following ??= current.then(start, start);
    return following;
  };
}
