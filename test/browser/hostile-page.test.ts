import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { describePage } from './with-playground.ts';

/** A page of another origin, on a free port, with nothing on it. */
async function serveElsewhere(): Promise<string> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>x</title>');
  });
  onTestFinished(() => void server.close());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}/`;
}

describePage(
  'a page of another origin in the same browser',
  (fixture) => {
    it('turns nothing, says nothing and hears nothing', async () => {
      const { url, testbed } = fixture.playground;
      const messages = testbed.discord.messages().length;
      const context = await fixture.browser.newContext();
      onTestFinished(async () => context.close());
      const page = await context.newPage();
      await page.goto(await serveElsewhere());

      const heard = await page.evaluate(async (target) => {
        const advance = JSON.stringify({ kind: 'advance', ms: 3_600_000 });
        const as = { personId: '150000000000000001', locale: 'en-US' };
        const action = { kind: 'say', channelId: '130000000000000001', content: 'I was here' };
        const form = new FormData();
        form.set('payload_json', JSON.stringify({ as, action }));
        // What a browser sends to any site without asking that site first.
        const send = async (path: string, body: string | FormData): Promise<void> => {
          await fetch(`${target}${path}`, { method: 'POST', mode: 'no-cors', body });
        };
        await Promise.allSettled([send('knobs', advance), send('act', form)]);
        const beacon = navigator.sendBeacon(`${target}knobs`, advance);
        const listen = async (): Promise<string> =>
          new Promise((resolve) => {
            const socket = new WebSocket(`${target.replace('http', 'ws')}live`);
            socket.addEventListener('message', () => resolve('a snapshot'));
            socket.addEventListener('error', () => resolve('nothing'));
          });
        const read = async (): Promise<string> => {
          try {
            return await (await fetch(target)).text();
          } catch {
            return 'nothing';
          }
        };
        return { beacon, line: await listen(), page: await read() };
      }, url);

      expect(heard).toEqual({ beacon: true, line: 'nothing', page: 'nothing' });
      expect(Math.round((testbed.discord.now() - Date.now()) / 60_000)).toBe(0);
      expect(testbed.discord.messages()).toHaveLength(messages);
    });

    it('cannot hold the playground in a frame', async () => {
      const context = await fixture.browser.newContext();
      onTestFinished(async () => context.close());
      const page = await context.newPage();
      await page.goto(await serveElsewhere());
      const answered = page.waitForEvent('requestfinished', (request) =>
        request.url().startsWith(fixture.playground.url),
      );
      const failed = page.waitForEvent('requestfailed', (request) =>
        request.url().startsWith(fixture.playground.url),
      );
      await page.evaluate((target) => {
        const frame = document.createElement('iframe');
        frame.src = target;
        document.body.append(frame);
      }, fixture.playground.url);
      await Promise.any([answered, failed]);
      const frame = page.frames().find((one) => one !== page.mainFrame());
      expect(await frame?.locator('#composer-text').count()).toBe(0);
    });

    it('may link to it', async () => {
      const context = await fixture.browser.newContext();
      onTestFinished(async () => context.close());
      const page = await context.newPage();
      await page.goto(await serveElsewhere());
      await page.evaluate((target) => {
        const link = document.createElement('a');
        link.href = target;
        link.textContent = 'The playground';
        document.body.append(link);
      }, fixture.playground.url);
      await page.getByText('The playground').click();
      await page.locator('#composer-text').waitFor();
      expect(new URL(page.url()).origin).toBe(new URL(fixture.playground.url).origin);
    });
  },
  { quick: true },
);
