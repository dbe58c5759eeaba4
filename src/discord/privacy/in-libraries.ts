import { findProvider } from '../../domain/routes/catalogue.ts';
import type { Catalogue } from '../../domain/routes/catalogue.ts';
import type { PersonalData } from '../../app/ports/personal-data-port.ts';

/** How much of a person lies in a provider's library. */
export interface InLibrary {
  /** The provider's displayed name. */
  readonly name: string;
  readonly count: number;
  /** Whether the provider documents a deletion. */
  readonly deletesAssets: boolean;
}

/** What of a person's attachments lies in which provider's libraries. */
export function inLibraries(
  assets: PersonalData['assets'] = [],
  catalogue: Catalogue,
): InLibrary[] {
  const counts = new Map<string, number>();
  for (const { library } of assets) {
    const [provider = ''] = library.split('/');
    counts.set(provider, (counts.get(provider) ?? 0) + 1);
  }
  return [...counts].map(([id, count]) => {
    const provider = findProvider(catalogue, id);
    return { name: provider?.name ?? id, count, deletesAssets: provider?.deletesAssets === true };
  });
}
