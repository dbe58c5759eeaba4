import { expect, it } from 'vitest';
import { checkProxies } from '../../src/doctor/check-proxies.ts';
import { listenOnLoopback } from '../outbound/loopback-server.ts';

it('says nothing where no proxy is set', async () => {
  expect(await checkProxies({ httpsProxy: undefined, allProxy: undefined })).toEqual([]);
});

it('tells each proxy apart that can be reached and that cannot, without its password', async () => {
  const open = await listenOnLoopback(() => undefined);
  const shut = await listenOnLoopback(() => undefined);
  shut.close();
  const findings = await checkProxies({
    httpsProxy: `http://bot:s3cret@127.0.0.1:${shut.port}/`,
    allProxy: `http://bot:s3cret@127.0.0.1:${open.port}/`,
  });
  expect(findings).toMatchObject([
    { level: 'fault', about: 'HTTPS_PROXY', text: 'the proxy cannot be reached (ECONNREFUSED)' },
    { level: 'ok', about: 'ALL_PROXY' },
  ]);
  expect(JSON.stringify(findings)).not.toContain('s3cret');
});

it('finds a proxy that does not speak TLS as its address says', async () => {
  const { port } = await listenOnLoopback((socket) =>
    socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'),
  );
  const [finding] = await checkProxies({
    httpsProxy: `https://127.0.0.1:${port}/`,
    allProxy: undefined,
  });
  expect(finding?.level).toBe('fault');
});
