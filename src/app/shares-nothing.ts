import type { ProviderShare } from './ports/provider-share-port.ts';

/** The share of the only process on a store: everything, for good. */
export const SHARES_NOTHING: ProviderShare = {
  placesOf: (limit) => limit,
  foundCreates: () => undefined,
  processes: () => 1,
  onChange: () => undefined,
  useFit: () => undefined,
  report: async () => true,
  onReport: () => undefined,
};
