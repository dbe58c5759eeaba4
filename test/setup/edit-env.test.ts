import { expect, it } from 'vitest';
import { readEnvText } from '../../src/config/env-text.ts';
import { withSettings } from '../../src/setup/edit-env.ts';

const settings = new Map([
  ['DISCORD_TOKEN', 'new.token'],
  ['DISCORD_GUILD_IDS', ''],
  ['JIMMY_API_KEY', 'a key?'],
]);

it.each([
  ['', ['DISCORD_TOKEN=new.token', 'DISCORD_GUILD_IDS=', 'JIMMY_API_KEY="a key?"']],
  [
    '# mine\nDISCORD_TOKEN=old\nLOG_LEVEL=debug\n\nexport DISCORD_TOKEN=older\n',
    [
      '# mine',
      'DISCORD_TOKEN=new.token',
      'LOG_LEVEL=debug',
      'DISCORD_GUILD_IDS=',
      'JIMMY_API_KEY="a key?"',
    ],
  ],
  [
    '#DISCORD_TOKEN=\n',
    ['#DISCORD_TOKEN=', 'DISCORD_TOKEN=new.token', 'DISCORD_GUILD_IDS=', 'JIMMY_API_KEY="a key?"'],
  ],
])('sets what was asked in %j and keeps the rest', (before, lines) => {
  const text = withSettings(before, settings);
  expect(text.split('\n')).toEqual([...lines, '']);
  const { entries, flaws } = readEnvText(text);
  expect(flaws).toEqual([]);
  for (const [name, value] of settings) {
    expect(entries.filter((entry) => entry.name === name).map((entry) => entry.value)).toEqual([
      value,
    ]);
  }
});
