import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { DiscordAPIError } from '../../src/discord/discord-js.ts';
import { loadPrettify } from '../../src/logging/load-prettify.ts';
import { captureLog } from './captured-log.ts';

const PROMPT = 'a fox in the snow';
const TOKEN = 'aW50ZXJhY3Rpb246MTIzOjQ1Njc4OTA';

function discordError(): Error {
  return new DiscordAPIError(
    { code: 50_027, message: 'Invalid Webhook Token' },
    50_027,
    401,
    'PATCH',
    `https://discord.com/api/v10/webhooks/42/${TOKEN}/messages/@original`,
    { files: undefined, body: { content: PROMPT } },
  );
}

describe('createLogger', () => {
  it('writes a line of JSON with level, message and fields', () => {
    const { log, records } = captureLog();
    log.warn({ guildId: '42', tries: 3, cost: 5n }, 'slow answer');
    expect(records()).toMatchObject([
      { level: 40, msg: 'slow answer', guildId: '42', tries: 3, cost: '5' },
    ]);
  });

  it('drops what is below its level', () => {
    const { log, records } = captureLog({ level: 'warn' });
    log.debug({}, 'a');
    log.info({}, 'b');
    log.warn({}, 'c');
    log.error({}, 'd');
    expect(records()).toMatchObject([{ msg: 'c' }, { msg: 'd' }]);
  });

  it('adds the fields of a child to each of its lines, redacted as well', () => {
    const { log, records } = captureLog({ secrets: ['hush-hush'] });
    const child = log.child({ taskId: '1234', prompt: PROMPT }).child({ note: 'a hush-hush b' });
    child.info({ stage: 'queued' }, 'polled');
    log.info({}, 'other');
    const [first, second] = records();
    expect(first).toMatchObject({
      taskId: '1234',
      prompt: '[redacted]',
      note: 'a [redacted] b',
      stage: 'queued',
    });
    expect(second).not.toHaveProperty('taskId');
  });

  it('writes what happened in a DiscordAPIError, without prompt and token', () => {
    const { log, records, text } = captureLog();
    log.error({ err: new Error('edit failed', { cause: discordError() }) }, 'no message');
    log.error({ discordApi: discordError() }, 'no message');

    const details = {
      name: 'DiscordAPIError[50027]',
      message: 'Invalid Webhook Token',
      code: 50_027,
      status: 401,
      method: 'PATCH',
      url: 'https://discord.com/api/v10/webhooks/42/[redacted]/messages/@original',
    };
    expect(records()).toMatchObject([
      { err: { name: 'Error', message: 'edit failed', cause: details } },
      { discordApi: details },
    ]);
    expect(text()).toContain('logger.test.ts');
    expect(text()).not.toContain(TOKEN);
    expect(text()).not.toContain(PROMPT);
  });

  it('redacts the texts of an error, those of its causes and parts included', () => {
    const { log, text } = captureLog({ secrets: ['key-of-jimmy'] });
    const inner = Object.assign(new Error('GET https://host/a?sig=abc'), { code: 'ECONNRESET' });
    const outer = new AggregateError([inner], 'with key-of-jimmy', { cause: inner });
    log.error(outer, 'failed with key-of-jimmy');
    expect(text()).toContain('ECONNRESET');
    expect(text()).toContain('https://host/a?[redacted]');
    expect(text()).not.toMatch(/sig=abc|key-of-jimmy/);
  });

  it.each([
    'prompt',
    'promptText',
    'requestBody',
    'Authorization',
    'x-api-key',
    'apiKey',
    'token',
    'interaction_token',
    'secretKey',
    'headers',
  ])('masks the field %s at any depth, text and object', (name) => {
    const { log, text } = captureLog();
    log.info({ [name]: PROMPT, deep: [{ a: { [name]: { x: PROMPT } } }] }, 'line');
    expect(text()).not.toContain(PROMPT);
    expect(text().split('[redacted]')).toHaveLength(3);
  });

  it('keeps numbers and switches of such names', () => {
    const { log, records } = captureLog();
    log.info({ promptChars: 17, hasToken: true, tokens: 5 }, 'line');
    expect(records()).toMatchObject([{ promptChars: 17, hasToken: true, tokens: 5 }]);
  });

  it('strips the query of a URL, as text and as object', () => {
    const { log, records } = captureLog();
    const address = 'https://cdn.example/a.png?ex=1&hm=abc';
    log.info({ text: `from ${address}`, url: new URL(address) }, `at ${address}`);
    expect(records()).toMatchObject([
      {
        text: 'from https://cdn.example/a.png?[redacted]',
        url: 'https://cdn.example/a.png?[redacted]',
        msg: 'at https://cdn.example/a.png?[redacted]',
      },
    ]);
  });

  it('cuts a long text, and only after it is masked', () => {
    const { log, records, text } = captureLog({ secrets: ['hush-hush'] });
    log.info({ answer: `${'x'.repeat(8185)}hush-hush${'y'.repeat(100_000)}` }, 'no message');
    expect(records()).toMatchObject([{ answer: `${'x'.repeat(8185)}[redact[cut]` }]);
    expect(text()).not.toContain('hush');
  });

  it('survives what cannot be written: cycles, throwing getters, bytes, objects of classes', () => {
    const { log, records } = captureLog();
    const ring: Record<string, unknown> = {};
    ring['ring'] = ring;
    const trap = {
      get field(): string {
        throw new Error('no');
      },
    };
    log.info({ ring }, 'ring');
    log.info({ trap }, 'trap');
    log.info({ bytes: Buffer.alloc(3), map: new Map(), at: new Date(0) }, 'others');
    expect(records()).toMatchObject([
      { msg: 'ring' },
      { msg: 'trap', fields: '[unreadable]' },
      { bytes: '[3 bytes]', map: '[Map]', at: '1970-01-01T00:00:00.000Z' },
    ]);
  });

  it('writes for people in the format pretty, redacted as well', async () => {
    const { log, text } = captureLog({ prettify: await loadPrettify(), secrets: ['hush-hush'] });
    log
      .child({ taskId: '1234' })
      .error({ err: discordError(), prompt: PROMPT }, 'hush-hush failed');
    expect(text()).toContain('[redacted] failed');
    expect(text()).toContain('1234');
    expect(text()).toContain('Invalid Webhook Token');
    expect(text()).not.toContain(TOKEN);
    expect(text()).not.toContain(PROMPT);
  });

  it.each(['json', 'pretty'])('writes its last line before an exit, in the format %s', (format) => {
    const code = `
      import { loadPrettify } from './src/logging/load-prettify.ts';
      import { createLogger } from './src/logging/logger.ts';
      const prettify = ${format === 'pretty' ? 'await loadPrettify()' : 'undefined'};
      createLogger({ level: 'info', prettify }).info({}, 'the last line');
      process.exit(0);`;
    const args = ['--import', 'tsx', '--input-type=module', '--eval', code];
    const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect(stdout).toContain('the last line');
  });
});
