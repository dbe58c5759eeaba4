import { faultsOfIssue } from '../file-faults.ts';
import type { DeclaredProvider, ProviderFile } from '../provider-file.ts';
import { crossFaults } from './cross-faults.ts';
import { descriptorOf } from './descriptor.ts';
import { routesFileSchema } from './file-schema.ts';
import type { DeclaredModel, DeclaredServer } from './file-schema.ts';

/** Servers that speak `/v1/videos`, in `ROUTES_FILE`. */
export const OPENAI_VIDEOS: ProviderFile = {
  setting: { name: 'ROUTES_FILE', default: 'routes.json' },
  read(json, others) {
    const { data, error } = routesFileSchema.safeParse(json);
    const bySchema = (error?.issues ?? []).flatMap((issue) => faultsOfIssue(issue, json));
    const faults = [...bySchema, ...crossFaults(json, others)];
    return data === undefined || faults.length > 0
      ? { ok: false, faults }
      : { ok: true, providers: data.servers.map(declared) };
  },
};

function declared(server: DeclaredServer): DeclaredProvider {
  const { name, url, key, models } = server;
  return {
    descriptor: descriptorOf(server),
    ...(key === undefined ? {} : { apiKey: key }),
    baseUrl: url.replace(/\/+$/, ''),
    prices: models.flatMap((model) => pricesOf(`${name}/${model.id}`, model)),
  };
}

function pricesOf(
  route: string,
  { price, prices = {} }: DeclaredModel,
): DeclaredProvider['prices'][number][] {
  if (price !== undefined) return [[route, price]];
  return Object.entries(prices).map(([resolution, one]) => [`${route}-${resolution}`, one]);
}
