import { expect, it } from 'vitest';
import { runSetup } from '../../src/setup/run-setup.ts';
import type { Terminal } from '../../src/setup/terminal.ts';

const GUILD = '1300000000000000011';
const TOKEN = 't'.repeat(60);

/** Plays the setup with these answers, on a disk without files. */
async function played(
  answers: readonly string[],
  declared: readonly { readonly id: string; readonly name: string }[],
) {
  const left = [...answers];
  const said: string[] = [];
  const written = new Map<string, string>();
  const asked = async (question: string): Promise<string> => {
    said.push(question);
    const answer = left.shift();
    if (answer === undefined) throw new Error(`nothing was to be asked: ${question}`);
    return answer;
  };
  const terminal: Terminal = {
    ask: asked,
    askSecret: asked,
    say: (text) => void said.push(text),
    close: () => undefined,
  };
  const isOn: string[][] = [];
  const isDone = await runSetup({
    terminal,
    providers: [{ id: 'one', name: 'One', keyName: 'ONE_API_KEY' }],
    declared,
    priceable: (on) => {
      isOn.push([...on]);
      return [];
    },
    checkToken: async () => ({
      kind: 'accepted',
      username: 'bot',
      applicationId: GUILD,
      guilds: [{ id: GUILD, name: 'Home' }],
    }),
    checkKey: async () => ({ level: 'ok', about: 'One', text: 'answers' }),
    read: () => undefined,
    write: async (path, text) => void written.set(path, text),
  });
  return { isDone, said: said.join('\n'), written, isOn, left };
}

it('needs no key where a file declares servers, and says which are on', async () => {
  const servers = [
    { id: 'gpu', name: 'Our GPU' },
    { id: 'proxy', name: 'LiteLLM' },
  ];
  const { isDone, said, written, isOn, left } = await played([TOKEN, GUILD, '', ''], servers);
  expect({ isDone, isOn, keptBack: left.filter((one) => one !== '') }).toEqual({
    isDone: true,
    isOn: [['gpu', 'proxy']],
    keptBack: [],
  });
  expect(said).toContain('On by ROUTES_FILE, and not asked for here: Our GPU, LiteLLM.');
  expect(written.get('.env')).not.toContain('ONE_API_KEY');
});

it('asks until there is a key where no file declares one', async () => {
  const { isDone, said, isOn } = await played([TOKEN, GUILD, '', 'sk-of-one', ''], []);
  expect({ isDone, isOn }).toEqual({ isDone: true, isOn: [['one']] });
  expect(said).toContain('At least one provider is needed');
  expect(said).not.toContain('ROUTES_FILE');
});
