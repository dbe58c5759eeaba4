import type { ProviderShare } from './ports/provider-share-port.ts';

/**
 * Whether other processes have served the store since this one began, or did so then: what they left
 * may need what this process does not know.
 */
export function noteCompany(
  share: Pick<ProviderShare, 'processes' | 'onChange'>,
  hadAtStart: boolean,
): () => boolean {
  let had = hadAtStart;
  const look = (): void => {
    had ||= share.processes() > 1;
  };
  share.onChange(look);
  return () => {
    look();
    return had;
  };
}
