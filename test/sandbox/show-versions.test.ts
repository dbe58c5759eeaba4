import { expect, it } from 'vitest';
import type { MessageView } from '../../src/simulators/discord/world/message-view.ts';
import { renderVersion } from '../../src/sandbox/show-versions.ts';

const STARTED = 1_800_000_000_000;

function version(changes: Partial<MessageView>): MessageView {
  return {
    id: '1',
    channelId: '2',
    authorId: '3',
    interactionId: undefined,
    forwarded: undefined,
    content: '',
    embeds: [],
    components: [],
    attachments: [],
    text: 'Hello',
    buttons: [],
    flags: 0,
    ephemeral: false,
    loading: false,
    deleted: false,
    repliesTo: undefined,
    via: 'webhook',
    createdAt: STARTED + 500,
    at: STARTED + 500,
    ...changes,
  };
}

const READER = { nameOf: (id: string) => (id === '42' ? 'Ada' : undefined), locale: 'en-GB' };

const rendered = (changes: Partial<MessageView>): string =>
  renderVersion(version(changes), STARTED, READER);

it('shows a message with the seconds since the start', () => {
  expect(rendered({})).toBe(['  ┌ Clapper · +0.5 s', '  │ Hello', '  └'].join('\n'));
});

it('says that it is thinking', () => {
  expect(rendered({ loading: true, text: '' })).toContain('│ Clapper is thinking…');
});

it('marks what only the caller sees', () => {
  expect(rendered({ ephemeral: true })).toContain('· only you see this');
});

it('marks an edit, and shows every line and file', () => {
  const clip = {
    id: '9',
    filename: 'clip.mp4',
    size: 2049,
    contentType: 'video/mp4',
    description: undefined,
    url: 'http://127.0.0.1/clip.mp4',
    shown: true,
  };
  const edited = { text: 'one\ntwo', at: STARTED + 12_340, attachments: [clip] };
  expect(rendered(edited)).toBe(
    ['  ┌ Clapper · +12.3 s · edited', '  │ one', '  │ two', '  │ [clip.mp4, 3 KiB]', '  └'].join(
      '\n',
    ),
  );
});

it.each([
  ['<@42> · **Seedance**', '@Ada · Seedance'],
  ['<@43>', '<@43>'],
  [`sent <t:${STARTED / 1000 - 4}:R>`, 'sent 4 seconds ago'],
  [`until <t:${STARTED / 1000}:d>`, 'until 15/01/2027'],
  ['> 2\\*3 \\_ok\\_', '> 2*3 _ok_'],
  ['-# 5 s', '5 s'],
  ['`resolution`', '`resolution`'],
])('shows %j as %j', (text, shown) => {
  expect(rendered({ text, at: STARTED })).toContain(`  │ ${shown}\n`);
});
