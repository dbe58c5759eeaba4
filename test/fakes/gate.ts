/** A promise that a test ends. */
export function gate() {
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
