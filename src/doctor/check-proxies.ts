import type { Config } from '../config/config.ts';
import { errorCode } from '../domain/error-code.ts';
import { targetOf } from '../outbound/connector.ts';
import { openConnection } from '../outbound/open-connection.ts';
import { buildConnector } from '../outbound/undici.ts';
import { fault, ok } from './finding.ts';
import type { Finding } from './finding.ts';
import { doctorTexts } from './texts.ts';

const { proxy: texts, noConnection } = doctorTexts;

const TIMEOUT_MS = 10_000;

/** Checks whether the proxies that are set can be reached. What they allow shows at the providers. */
export async function checkProxies(
  { httpsProxy, allProxy }: Pick<Config['proxies'], 'httpsProxy' | 'allProxy'>,
  timeoutMs: number = TIMEOUT_MS,
): Promise<Finding[]> {
  const set = [
    { name: 'HTTPS_PROXY', proxy: httpsProxy },
    { name: 'ALL_PROXY', proxy: allProxy },
  ];
  return Promise.all(
    set.flatMap(({ name, proxy }) =>
      proxy === undefined ? [] : [checkProxy(name, new URL(proxy), timeoutMs)],
    ),
  );
}

async function checkProxy(
  name: string,
  { protocol, hostname, port }: URL,
  timeoutMs: number,
): Promise<Finding> {
  const target = targetOf(protocol, hostname.replace(/^\[(.*)\]$/, '$1'), port);
  try {
    const { socket } = await openConnection(target, buildConnector({ timeout: timeoutMs }));
    socket.destroy();
    return ok(name, texts.reached);
  } catch (error) {
    return fault(name, texts.unreachable(errorCode(error) ?? noConnection));
  }
}
