/**
 * Runs one at a time. Whoever calls while it runs shares the one run that follows, so that each
 * call is answered by a run that began after it.
 */
export function coalesce(run: () => Promise<void>): () => Promise<void> {
  let current: Promise<void> | undefined;
  let following: Promise<void> | undefined;
  const begin = async (): Promise<void> => {
    following = undefined;
    current = run();
    try {
      await current;
    } finally {
      current = undefined;
    }
  };
  return async () => {
    if (current === undefined) return begin();
    following ??= current.then(begin, begin);
    return following;
  };
}
