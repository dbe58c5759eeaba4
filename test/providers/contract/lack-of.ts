import type { ProviderDescriptor } from '../../../src/providers/descriptor.ts';
import type { Feature } from '../../../src/providers/features.ts';

/** Who has no library lacks these as well. */
const OF_A_LIBRARY: ReadonlySet<Feature> = new Set([
  'unready-assets',
  'library-list',
  'library-deletion',
  'library-groups',
]);

/** The pages by which a provider lacks a feature; `undefined` if it does not. */
export function lackOf(
  { lacks }: Pick<ProviderDescriptor, 'lacks'>,
  feature: Feature,
): string | undefined {
  return lacks[feature] ?? (OF_A_LIBRARY.has(feature) ? lacks.library : undefined);
}
