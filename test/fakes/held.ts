/** What waits for `opened` goes on when the test opens it, or fails when the test lets it. */
export function held() {
  const ends: { open: () => void; fail: (cause: unknown) => void }[] = [];
  const opened = new Promise<void>((resolve, reject) => {
    ends.push({ open: resolve, fail: reject });
  });
  return {
    opened,
    open: (): void => {
      for (const end of ends) end.open();
    },
    fail: (cause: unknown): void => {
      for (const end of ends) end.fail(cause);
    },
  };
}
