import type { PrivateMessage } from '../replies.ts';

/** Makes a report once for all who ask for it while it is being made, by its key. */
export type ShareReport = (
  key: string,
  make: () => Promise<PrivateMessage>,
) => Promise<PrivateMessage>;

export function createSharedReports(): ShareReport {
  const inFlight = new Map<string, Promise<PrivateMessage>>();
  return async (key, make) => {
    const running = inFlight.get(key);
    if (running !== undefined) return running;
    const report = make().finally(() => inFlight.delete(key));
    inFlight.set(key, report);
    return report;
  };
}
