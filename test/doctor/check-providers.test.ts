import { describe, expect, it, onTestFinished } from 'vitest';
import { checkProviders } from '../../src/doctor/check-providers.ts';
import { PROVIDERS } from '../../src/providers/registry.ts';
import { startProxy } from '../outbound/recording-proxy.ts';
import { answering, startScriptedServer } from '../providers/scripted-server.ts';
import type { Script } from '../providers/scripted-server.ts';

const MISSING = { code: 20002, msg: '任务不存在', data: null };
const REFUSED = { code: 20001, msg: '鉴权失败', data: null };
const NO_PATH = { status: 404, body: 'not found' };

const DIRECT = {
  descriptors: PROVIDERS,
  proxies: { httpsProxy: undefined, allProxy: undefined, exceptions: { hosts: '', ranges: [] } },
  trustedMediaHosts: [],
};

/** Jimmy AI that answers a poll and a request for the balance. */
async function examineJimmy(
  look: { readonly status: number; readonly body: unknown },
  balance: { readonly status: number; readonly body: unknown } = NO_PATH,
) {
  const server = await startScriptedServer();
  onTestFinished(() => server.close());
  const script: Script = (response, request, socket) => {
    const { status, body } = request.path.endsWith('/user/balance') ? balance : look;
    answering(status, body)(response, request, socket);
  };
  server.play(script);
  const findings = await checkProviders({
    ...DIRECT,
    providers: { jimmy: { apiKey: 'sk_secret_key', baseUrl: server.url } },
  });
  return { findings, seen: server.seen };
}

describe('a provider', () => {
  it.each([
    ['takes the key', 200, MISSING, 'ok'],
    ['refuses the key in its own way', 200, REFUSED, 'fault'],
    ['refuses the key by status', 401, '', 'fault'],
    ['is busy', 429, '', 'warning'],
    ['is down', 502, '', 'fault'],
    ['is another server', 200, '<html>', 'fault'],
    ['is another server with a path of its own', 404, '<html>', 'fault'],
    ['is another API', 404, { detail: 'Not Found' }, 'fault'],
    ['moved', 301, '', 'fault'],
    ['sends to a log-in page', 302, '', 'fault'],
    ['knows a task that does not exist', 200, { code: 0, data: { status: 'queued' } }, 'warning'],
    ['refuses the caller', 403, '<html>', 'fault'],
  ])('that %s: HTTP %i %j is %s', async (_what, status, body, level) => {
    const { findings } = await examineJimmy({ status, body });
    expect(findings.map((finding) => finding.level)).toEqual([level]);
    expect(JSON.stringify(findings)).not.toContain('sk_secret_key');
  });

  it.each([
    ['refuses the key', 401, '', 'JIMMY_API_KEY'],
    ['is not at this address', 404, '<html>nginx</html>', 'JIMMY_API_URL'],
    ['is not at this address', 308, '', 'JIMMY_API_URL'],
    ['another server may be', 200, '<html>welcome</html>', 'JIMMY_API_URL'],
    ['another server may be', 200, { status: 'ok' }, 'JIMMY_API_URL'],
  ])('is called what it is, "%s": HTTP %i %j', async (words, status, body, setting) => {
    const { findings } = await examineJimmy({ status, body });
    expect(findings[0]?.text).toContain(words);
    expect(findings[0]?.advice).toContain(setting);
  });

  it('whose gateway does not know the path is not at this address', async () => {
    const server = await startScriptedServer();
    onTestFinished(() => server.close());
    const message = 'Invalid URL (GET /v1/v1/video/generations/x)';
    server.play(answering(404, { error: { message, type: 'invalid_request_error', code: '' } }));
    const settings = { apiKey: 'sk_secret_key', baseUrl: `${server.url}/v1` };
    const findings = await checkProviders({ ...DIRECT, providers: { anyfast: settings } });
    expect(findings).toMatchObject([
      {
        level: 'fault',
        about: 'AnyFast address',
        text: 'ANYFAST_API_URL ends with /v1, which the bot adds itself',
        advice: `Set ANYFAST_API_URL to ${server.url}, or remove it for the default`,
      },
      { level: 'fault', about: 'AnyFast' },
    ]);
    expect(findings[1]?.text).toContain('not at this address');
  });

  it('is not blamed for what a proxy refuses', async () => {
    const proxy = await startProxy({ to: 9, status: 403 });
    const findings = await checkProviders({
      ...DIRECT,
      proxies: { ...DIRECT.proxies, allProxy: proxy.url },
      providers: { anyfast: { apiKey: 'sk_secret_key', baseUrl: 'http://provider.test' } },
    });
    expect(findings).toMatchObject([
      { level: 'fault', text: 'cannot be reached through the proxy (PROXY_HTTP_403)' },
    ]);
    expect(proxy.asked.map(({ to }) => to)).toEqual(['provider.test:80']);
  });

  it('is asked nothing that costs', async () => {
    const { seen } = await examineJimmy({ status: 200, body: MISSING });
    expect(seen.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual([
      'GET /api/open-api/v1/user/balance',
      'GET /api/open-api/v1/videos/clapper-doctor-no-such-task',
    ]);
  });

  it.each([
    [{ code: 20000, data: { balance: 100.5, used_coin: 20.3, available: 80.2 } }, 'ok', '80.2'],
    [{ code: 20000, data: { balance: 1, used_coin: 1, available: 0 } }, 'fault', '0 of'],
  ])('reports the balance %j: %s', async (body, level, text) => {
    const { findings } = await examineJimmy({ status: 200, body: MISSING }, { status: 200, body });
    expect(findings[1]?.level).toBe(level);
    expect(findings[1]?.text).toContain(text);
  });

  it.each([{ code: 20001, data: null }, { code: 20000, data: {} }, 'nonsense'])(
    'invents no balance from %j',
    async (body) => {
      const { findings } = await examineJimmy(
        { status: 200, body: MISSING },
        { status: 200, body },
      );
      expect(findings).toHaveLength(1);
    },
  );
});
