import type { SimulatedProviders } from '../simulated-providers.ts';

/** What came back over plain HTTP. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

const PATHS = {
  jimmy: { create: '/api/open-api/v1/seedance/videos', query: '/api/open-api/v1/videos/' },
  anyfast: { create: '/v1/video/generations', query: '/v1/video/generations/' },
} as const;

/** A client of one simulated provider that knows nothing but HTTP. */
export function createClient(
  providers: SimulatedProviders,
  name: 'jimmy' | 'anyfast',
  key?: string,
) {
  const { url, key: rightKey } = providers[name];
  const headers = {
    authorization: `Bearer ${key ?? rightKey}`,
    'content-type': 'application/json',
  };
  const call = async (path: string, init: RequestInit): Promise<Answer> => {
    const response = await fetch(url + path, { ...init, headers });
    const body: unknown = await response.json();
    return { status: response.status, headers: response.headers, body };
  };
  return {
    create: (body: unknown) =>
      call(PATHS[name].create, { method: 'POST', body: JSON.stringify(body) }),
    query: (id: string) => call(PATHS[name].query + id, {}),
  };
}

/** Reads a dotted path out of an answer; undefined where it leads nowhere. */
export function pick(value: unknown, path: string): unknown {
  let found = value;
  for (const part of path.split('.')) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = Object.entries(found).find(([name]) => name === part)?.[1];
  }
  return found;
}

/** Why a call failed; undefined when it did not. */
export function failureOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => undefined,
    (error: unknown) => error,
  );
}
