import type { AssetFault } from '../../domain/library/asset.ts';
import type { ProviderRejection } from '../../domain/tasks/provider-rejection.ts';

/** What is kept of a library's refusal: not its message, which may quote an address. */
export function toFault(why: AssetFault['why'], { category, code }: ProviderRejection): AssetFault {
  return { why, category, ...(code === undefined ? {} : { code }) };
}
