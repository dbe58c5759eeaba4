import { describe, expect, it } from 'vitest';
import type { Command, CommandServices } from '../../src/discord/command.ts';
import { createReplies } from '../../src/discord/replies.ts';
import { DirectRefusal } from '../../src/discord/rest/direct-failure.ts';
import { APPLICATION_ID } from '../fakes/a-task.ts';
import { RAW_CALL as call } from '../fakes/raw-call.ts';
import { fuzzedBot } from '../fuzz/fuzzed-bot.ts';

const takenByAnother = new DirectRefusal(400, 40_060, 'code 40060');

/** A command that breaks; resolves with the requests to Discord, which answers them in turn. */
async function broken(
  answers: readonly (Error | undefined)[],
  before: (services: CommandServices) => Promise<void>,
): Promise<string[]> {
  const sent: string[] = [];
  const replies = createReplies({
    async direct({ method, route }) {
      sent.push(`${method} ${route.split('/')[1] ?? ''}`);
      const answer = answers[sent.length - 1];
      if (answer !== undefined) throw answer;
      return undefined;
    },
  });
  const breaking: Command = {
    name: 'models',
    define: () => ({ name: 'models', description: 'breaks' }),
    async run(_call, services) {
      await before(services);
      throw new Error('the connection to the database is over');
    },
  };
  const { dispatch } = fuzzedBot({ commands: [breaking], replies });
  await dispatch(call);
  return sent;
}

const deferred = async ({ replies }: CommandServices): Promise<void> =>
  replies.deferPrivately({ id: call.id, applicationId: APPLICATION_ID, token: call.token });
const swallowed = async (services: CommandServices): Promise<void> =>
  deferred(services).catch(() => undefined);
const nothing = async (): Promise<void> => undefined;

describe('a command that breaks', () => {
  it('says so', async () => {
    expect(await broken([], nothing)).toEqual(['POST interactions']);
  });

  it('says so in the answer that it has deferred', async () => {
    const sent = await broken([undefined, takenByAnother], deferred);
    expect(sent).toEqual(['POST interactions', 'POST interactions', 'PATCH webhooks']);
  });

  it('says so in the answer that it may have deferred', async () => {
    const unclear = new Error('no answer');
    const sent = await broken([unclear, takenByAnother], swallowed);
    expect(sent).toEqual(['POST interactions', 'POST interactions', 'PATCH webhooks']);
  });

  it('changes no answer of another process', async () => {
    expect(await broken([takenByAnother], nothing)).toEqual(['POST interactions']);
  });
});
