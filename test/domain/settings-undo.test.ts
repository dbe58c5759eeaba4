import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { DEFAULT_SETTINGS, guildSettingsSchema } from '../../src/domain/guild-settings.ts';
import type { GuildSettings } from '../../src/domain/guild-settings.ts';
import { initialZone, changeZone, windowsIn } from '../../src/domain/ledger/zone-setting.ts';
import { diffSettings, undoChange } from '../../src/domain/settings-undo.ts';

const NOON = Date.UTC(2026, 10, 20, 12);
const DAY_MS = 86_400_000;

const settingsOf = (changes: Partial<GuildSettings> = {}): GuildSettings => ({
  ...DEFAULT_SETTINGS,
  ...changes,
});
const videosOf = (id: string, limit: bigint) => ({
  subject: { kind: 'member' as const, id },
  measure: 'videos' as const,
  window: 'day' as const,
  limit,
});

/** The settings after a change to `after` and others to `now` is undone, all of it from disk. */
function undone(before: GuildSettings, after: GuildSettings, now = after) {
  const undo = { id: '1', entries: [], changes: diffSettings(before, after) };
  const encoded = z.encode(guildSettingsSchema, { ...now, undoable: [undo] });
  const stored: unknown = JSON.parse(JSON.stringify(encoded));
  const { undoable, ...settings } = guildSettingsSchema.parse(stored);
  return undoChange(settings, undoable?.[0] ?? undo, NOON);
}

/** For comparing: the order in lists means nothing. */
const sorted = ({ channels, rules, ...rest }: GuildSettings) => ({
  ...rest,
  channels: channels.toSorted(),
  limits: rules
    .map(({ subject, limit }) => `${'id' in subject ? subject.id : ''}: ${limit}`)
    .toSorted(),
});

describe('a change that is undone', () => {
  it.each<[string, Partial<GuildSettings>, Partial<GuildSettings>]>([
    ['a value that was unset', {}, { confirmAbove: 5n }],
    ['a value that was set', { confirmAbove: 5n, language: 'en' }, { language: 'en' }],
    ['a switch', { finishPing: true }, {}],
    ['an item of a list', { channels: ['1'] }, { channels: ['1', '2'] }],
    ['a whole list', { refusedWords: ['a', 'b'] }, { refusedWords: [] }],
    ['a limit that was replaced', { rules: [videosOf('1', 5n)] }, { rules: [videosOf('1', 0n)] }],
    ['a server that was opened', { closedSince: NOON }, {}],
  ])('restores %s', (_what, before, after) => {
    expect(undone(settingsOf(before), settingsOf(after))).toEqual(settingsOf(before));
  });

  it('restores a time zone from the next window on, so that no sum is lost', () => {
    const before = settingsOf({ zone: initialZone('UTC') });
    const after = settingsOf({ zone: changeZone(before.zone, 'Asia/Shanghai', NOON) });
    expect(undone(before, after)?.zone).toEqual(before.zone);

    const later = NOON + 2 * DAY_MS;
    const open = windowsIn(after.zone, later);
    const restored = undoChange(after, { changes: diffSettings(before, after) }, later);
    expect(restored?.zone.zone).toBe('UTC');
    expect(restored && windowsIn(restored.zone, later)).toEqual(open);
  });

  it('leaves what others changed since', () => {
    const before = settingsOf({ channels: ['1'], rules: [videosOf('1', 5n)] });
    const after = settingsOf({ channels: ['1', '2'], rules: [] });
    const now = settingsOf({
      channels: ['1', '2', '3'],
      rules: [videosOf('2', 9n)],
      language: 'zh-CN',
    });
    expect(undone(before, after, now)).toEqual({
      ...now,
      channels: ['1', '3'],
      rules: [videosOf('2', 9n), videosOf('1', 5n)],
    });
  });

  it.each<[string, Partial<GuildSettings>, Partial<GuildSettings>, Partial<GuildSettings>]>([
    ['the value', { confirmAbove: 1n }, { confirmAbove: 2n }, { confirmAbove: 3n }],
    ['the item that was added', {}, { channels: ['1'] }, { channels: [] }],
    ['the item that was removed', { channels: ['1'] }, {}, { channels: ['1'] }],
    [
      'the limit that was replaced',
      { rules: [videosOf('1', 5n)] },
      { rules: [videosOf('1', 6n)] },
      { rules: [videosOf('1', 7n)] },
    ],
    [
      'the limit that was removed',
      { rules: [videosOf('1', 5n)] },
      {},
      { rules: [videosOf('1', 7n)] },
    ],
  ])('is refused where %s was changed again', (_what, before, after, now) => {
    expect(undone(settingsOf(before), settingsOf(after), settingsOf(now))).toBeUndefined();
  });

  const anySettings = fc
    .record({
      channels: fc.uniqueArray(fc.constantFrom('1', '2', '3')),
      rules: fc
        .uniqueArray(fc.constantFrom('1', '2', '3'))
        .chain((ids) =>
          fc.tuple(...ids.map((id) => fc.constantFrom(0n, 1n).map((limit) => videosOf(id, limit)))),
        ),
      finishPing: fc.boolean(),
      confirmAbove: fc.option(fc.constantFrom(1n, 2n), { nil: undefined }),
    })
    .map((changes) => settingsOf(changes));
  it('is as if it had never been made, whatever it was', () => {
    fc.assert(
      fc.property(anySettings, anySettings, (before, after) => {
        const restored = undone(before, after);
        expect(restored && sorted(restored)).toEqual(sorted(before));
      }),
    );
  });
});
