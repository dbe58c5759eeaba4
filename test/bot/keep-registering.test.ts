import { describe, expect, it, onTestFinished } from 'vitest';
import { keepRegistering } from '../../src/bot/keep-registering.ts';
import { HANDLERS, definitionsOf } from '../../src/bot/handlers.ts';
import { REST } from '../../src/discord/discord-js.ts';
import { commandScopes } from '../../src/discord/register-commands.ts';
import { APPLICATION_ID } from '../fakes/a-task.ts';
import { CATALOGUE } from '../fakes/catalogue.ts';
import { fakeClock } from '../fakes/clock.ts';
import { recordingLog } from '../fakes/log.ts';

const GUILDS = new Set(['1300000000000000011', '1300000000000000012']);
const SCOPES = commandScopes(definitionsOf(HANDLERS, CATALOGUE).slice(0, 1), GUILDS, []);

interface Process {
  readonly isFirst?: boolean;
  /** It is the first until it has written so many servers' commands. */
  readonly isFirstFor?: number;
  readonly isShared?: boolean;
  /** Whether Discord fails. */
  readonly isDown?: boolean;
}

/** A process whose Discord has no commands, and takes what is written without keeping it. */
function aProcess({ isFirst = true, isFirstFor, isShared = true, isDown = false }: Process = {}) {
  const put: string[] = [];
  const state = { isFirst, isDown, put };
  const clock = fakeClock();
  const rest = new REST({
    retries: 0,
    makeRequest: async (url, { method }) => {
      if (method === 'PUT') put.push(new URL(url).pathname.split('/').at(-2) ?? '');
      if (put.length === isFirstFor) state.isFirst = false;
      return new Response(state.isDown ? '{}' : '[]', {
        status: state.isDown ? 500 : 200,
        headers: { 'content-type': 'application/json' },
      });
    },
  }).setToken('token');
  const registration = keepRegistering(
    {
      rest,
      applicationId: APPLICATION_ID,
      log: recordingLog(),
      ownership: { isFirst: () => state.isFirst },
      clock,
      isShared,
      random: () => 0,
    },
    SCOPES,
  );
  onTestFinished(async () => registration.stop());
  return { state, clock, registration };
}

describe('the registration of commands', () => {
  it('is done at once by the first process, and once if it is alone', async () => {
    const { state, clock, registration } = aProcess({ isShared: false });
    await registration.firstTry;
    expect(state.put).toEqual([...GUILDS]);
    await clock.advance(3_600_000);
    expect(state.put).toHaveLength(GUILDS.size);
  });

  it('is left to the first process, and done when this one becomes it', async () => {
    const { state, clock, registration } = aProcess({ isFirst: false });
    await registration.firstTry;
    await clock.advance(60_000);
    expect(state.put).toEqual([]);
    state.isFirst = true;
    await clock.advance(5000);
    await expect.poll(() => state.put).toEqual([...GUILDS]);
  });

  it('looks once more after two minutes, when the one before has ended what it was writing', async () => {
    const { state, clock, registration } = aProcess();
    await registration.firstTry;
    await clock.advance(125_000);
    await expect.poll(() => state.put).toHaveLength(2 * GUILDS.size);
    await clock.advance(3_600_000);
    expect(state.put).toHaveLength(2 * GUILDS.size);
  });

  it('goes on at no further server where another process has become the first', async () => {
    const { state, clock, registration } = aProcess({ isFirstFor: 1 });
    await registration.firstTry;
    expect(state.put).toEqual([...GUILDS].slice(0, 1));
    await clock.advance(60_000);
    expect(state.put).toHaveLength(1);
  });

  it('is tried again where Discord fails', async () => {
    const { state, clock, registration } = aProcess({ isShared: false, isDown: true });
    await registration.firstTry;
    expect(state.put).toEqual([...GUILDS]);
    state.isDown = false;
    await clock.advance(10_000);
    await expect.poll(() => state.put).toEqual([...GUILDS, ...GUILDS]);
    await clock.advance(3_600_000);
    expect(state.put).toHaveLength(2 * GUILDS.size);
  });
});
