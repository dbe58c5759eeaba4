import { z } from 'zod';
import { catalogueOf } from '../../providers/catalogue-of.ts';
import type { ProviderDescriptor } from '../../providers/descriptor.ts';
import { PROVIDERS, PROVIDER_FILES } from '../../providers/registry.ts';
import { readRouteList } from '../../providers/route-list.ts';
import { DIALECTS } from '../../simulators/providers/dialects.ts';
import { exampleRoutes } from '../example-routes.ts';

/** What the sandbox's bot knows, after it has asked for lists and read its file of routes. */
export const SANDBOX_CATALOGUE = catalogueOf([...PROVIDERS.map(withListed), ...declared()]);

/** A provider with the routes of its simulated list, where it has one. */
function withListed(descriptor: ProviderDescriptor): ProviderDescriptor {
  const { id, list } = descriptor;
  if (list === undefined) return descriptor;
  const dialect = Object.entries(DIALECTS).find(([name]) => name === id)?.[1](() => '');
  const answer = z.object({ data: z.unknown() }).safeParse(dialect?.list?.body()).data;
  return { ...descriptor, routes: readRouteList(list, answer?.data)?.routes ?? [] };
}

function declared(): ProviderDescriptor[] {
  const file = exampleRoutes({ url: 'http://127.0.0.1/v1', key: 'none' });
  return PROVIDER_FILES.flatMap(({ read }) => {
    const result = read(file, PROVIDERS);
    return result.ok ? result.providers.map(({ descriptor }) => descriptor) : [];
  });
}
