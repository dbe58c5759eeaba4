import type { SimulatedProviders } from '../simulated-providers.ts';

/** An HTTP answer. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

const PATHS = {
  jimmy: { create: '/api/open-api/v1/seedance/videos', query: '/api/open-api/v1/videos/' },
  anyfast: { create: '/v1/video/generations', query: '/v1/video/generations/' },
  // Its address has the rest of the path.
  ark: { create: '/contents/generations/tasks', query: '/contents/generations/tasks/' },
} as const;

/** Creates a plain HTTP client of one simulated provider. */
export function createClient(
  providers: SimulatedProviders,
  name: keyof typeof PATHS,
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
    remove: (id: string) => call(PATHS[name].query + id, { method: 'DELETE' }),
    list: (asked = '') => call(PATHS[name].create + asked, {}),
  };
}

/** Reads the value at a dotted path of an answer; `undefined` when there is none. */
export function pick(value: unknown, path: string): unknown {
  let found = value;
  for (const part of path.split('.')) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = Object.entries(found).find(([name]) => name === part)?.[1];
  }
  return found;
}

/** Returns the error of a call; `undefined` when it succeeded. */
export function failureOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => undefined,
    (error: unknown) => error,
  );
}
