import type { Config } from '../config/config.ts';
import type { Connector } from '../outbound/connector.ts';
import { createJsonClient } from '../providers/http-json.ts';
import type { HttpLimits } from '../providers/http-json.ts';
import { parseJson, valueAt } from '../providers/read-answer.ts';
import { readRouteList } from '../providers/route-list.ts';
import type { ListedRoutes, RouteListCall } from '../providers/route-list.ts';

/** How long a list is waited for, and how much of one is read. */
const LIMITS: HttpLimits = {
  connectMs: 5000,
  createMs: 10_000,
  queryMs: 10_000,
  maxBodyBytes: 8 * 1_048_576,
};

export interface AskingDeps {
  readonly connect?: Connector | undefined;
  /** A start that is stopped waits no longer. */
  readonly stopping: AbortSignal;
  readonly limits?: HttpLimits;
}

/** Asks a provider for its list of routes, once; `detail`, which is safe to log, says what came. */
export async function askForList(
  list: RouteListCall,
  { apiKey, baseUrl }: NonNullable<Config['providers'][string]>,
  { connect, stopping, limits = LIMITS }: AskingDeps,
): Promise<{ readonly listed?: ListedRoutes; readonly detail: string }> {
  const client = createJsonClient({
    baseUrl,
    limits,
    ...(apiKey === undefined ? {} : { apiKey }),
    ...(connect === undefined ? {} : { connect }),
  });
  try {
    const result = await client.get(list.path, stopping);
    if (result.kind !== 'answer') return { detail: result.detail };
    const detail = `HTTP ${result.status}`;
    if (result.status !== 200) return { detail };
    if (result.body.kind !== 'text') return { detail: `${detail}, ${result.body.kind}` };
    const listed = readRouteList(list, valueAt(parseJson(result.body.text), 'data'));
    return listed === undefined
      ? { detail: `${detail}, no usable model in it` }
      : { listed, detail };
  } finally {
    await client.close();
  }
}
