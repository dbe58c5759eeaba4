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

it('shows a message with the seconds since the start', () => {
  expect(renderVersion(version({}), STARTED)).toBe(
    ['  ┌ Clapper · +0.5 s', '  │ Hello', '  └'].join('\n'),
  );
});

it('says that it is thinking', () => {
  expect(renderVersion(version({ loading: true, text: '' }), STARTED)).toContain(
    '│ Clapper is thinking…',
  );
});

it('marks what only the caller sees', () => {
  expect(renderVersion(version({ ephemeral: true }), STARTED)).toContain('· only you see this');
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
  const edited = version({ text: 'one\ntwo', at: STARTED + 12_340, attachments: [clip] });
  expect(renderVersion(edited, STARTED)).toBe(
    [
      '  ┌ Clapper · +12.3 s · edited',
      '  │ one',
      '  │ two',
      '  │ [clip.mp4, 3 KiB] http://127.0.0.1/clip.mp4',
      '  └',
    ].join('\n'),
  );
});
