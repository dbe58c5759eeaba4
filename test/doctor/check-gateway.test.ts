import { expect, it } from 'vitest';
import { checkGateway } from '../../src/doctor/check-gateway.ts';
import { buildConnector } from '../../src/outbound/undici.ts';
import { listenOnLoopback } from '../outbound/loopback-server.ts';
import { readerOf } from './discord-world.ts';

const connect = buildConnector({ timeout: 5000 });

it('finds a gateway that can be reached', async () => {
  const { port } = await listenOnLoopback(() => undefined);
  const ask = readerOf({ '/gateway': { url: `ws://127.0.0.1:${port}` } });
  expect(await checkGateway(ask, connect)).toEqual([
    { level: 'ok', about: 'gateway', text: 'can be reached' },
  ]);
});

it('names the host of one that cannot', async () => {
  const shut = await listenOnLoopback(() => undefined);
  shut.close();
  const ask = readerOf({ '/gateway': { url: `ws://127.0.0.1:${shut.port}/?v=10` } });
  expect(await checkGateway(ask, connect)).toEqual([
    {
      level: 'fault',
      about: 'gateway',
      text: 'cannot be reached (ECONNREFUSED)',
      advice:
        'Allow this machine to connect to 127.0.0.1: the bot receives every command from there',
    },
  ]);
});

it.each([500, {}, { url: 'https://discord.com' }, { url: 7 }])(
  'says nothing where Discord names none: %j',
  async (answer) => {
    expect(await checkGateway(readerOf({ '/gateway': answer }), connect)).toEqual([]);
  },
);
