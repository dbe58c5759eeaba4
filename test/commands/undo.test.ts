import { describe, expect, it } from 'vitest';
import { messagesFor } from '../../src/discord/messages/messages-for.ts';
import { changeAnswer } from '../../src/discord/options/change-answer.ts';
import { applyEdits } from '../../src/discord/options/edit.ts';
import { PROPOSAL_MS, keepProposal, openProposal } from '../../src/discord/options/proposal.ts';
import { undoEdits } from '../../src/discord/options/undo.ts';
import { setRuleEdit } from '../../src/discord/quota/rule-edits.ts';
import type { Rule } from '../../src/domain/ledger/rules.ts';
import { snowflakeTime } from '../../src/domain/tasks/snowflake.ts';
import { createGuildSettingsStore } from '../../src/store/guilds/guild-settings-store.ts';
import { fakeClock } from '../fakes/clock.ts';
import { recordingLog } from '../fakes/log.ts';
import { memoryRecords } from '../fakes/memory-records.ts';

const en = messagesFor('en');
const wording = { messages: en, currency: 'USD' };
const GUILD = '120000000000000001';
const NOON = Date.UTC(2026, 10, 20, 12);
const callId = (n: number): string => String(1_300_000_000_000_000_000n + BigInt(n));

const videos = (limit: bigint, window: Rule['window'] = 'day'): Rule => ({
  subject: { kind: 'everyone' },
  measure: 'videos',
  window,
  limit,
});

function house() {
  const parts = { records: memoryRecords(), clock: fakeClock(), log: recordingLog() };
  const guilds = createGuildSettingsStore(parts);
  const editor = (n: number, by = 'ada') => ({ guilds, guildId: GUILD, by, callId: callId(n) });
  return {
    guilds,
    editor,
    /** The settings as a start would read them. */
    stored: async () => createGuildSettingsStore(parts).get(GUILD),
    set: async (n: number, ...rules: readonly Rule[]) =>
      applyEdits(
        editor(n),
        rules.map((rule) => setRuleEdit(rule, wording)),
      ),
    undo: async (n: number, by = 'ada') => undoEdits(editor(999, by), callId(n), NOON),
  };
}

describe('a change of limits or settings', () => {
  it('is undone as a whole, once, with the lines of its audit turned around', async () => {
    const { set, undo, stored, guilds } = house();
    await set(1, videos(5n));
    await set(2, videos(7n), videos(20n, 'month'));
    expect(await undo(2, 'ben')).toMatchObject({ kind: 'undone' });
    expect((await stored()).rules).toEqual([videos(5n)]);
    const lines = (await guilds.audit(GUILD, 2)).map(
      ({ by, what, from, to }) => `${by} ${what}: ${from} → ${to}`,
    );
    expect(lines.toSorted()).toEqual([
      'ben limit for each member: videos a day: 7 → 5',
      'ben limit for each member: videos a month: 20 → none',
    ]);
    expect(await undo(2)).toEqual({ kind: 'gone' });
  });

  it('is not undone where another admin changed it again, and the audit has no line of it', async () => {
    const { set, undo, stored, guilds } = house();
    await set(1, videos(5n));
    await set(2, videos(6n));
    expect(await undo(1)).toEqual({ kind: 'changed-since' });
    expect((await stored()).rules).toEqual([videos(6n)]);
    expect(await guilds.audit(GUILD, 9)).toHaveLength(2);
    await undo(2);
    expect(await undo(1)).toMatchObject({ kind: 'undone' });
    expect((await stored()).rules).toEqual([]);
  });

  it('is undone once, however many click at the same time', async () => {
    const { set, undo, guilds } = house();
    await set(1, videos(5n));
    const results = await Promise.all([1, 2, 3].map(async () => undo(1)));
    expect(results.map(({ kind }) => kind).toSorted()).toEqual(['gone', 'gone', 'undone']);
    expect(await guilds.audit(GUILD, 9)).toHaveLength(2);
  });

  it('can no longer be undone after ten others', async () => {
    const { set, undo, stored } = house();
    await set(1, videos(1n));
    for (let n = 2; n <= 11; n += 1) await set(n, videos(BigInt(n)));
    expect((await stored()).undoable).toHaveLength(10);
    expect(await undo(1)).toEqual({ kind: 'gone' });
    expect(await undo(11)).toMatchObject({ kind: 'undone' });
  });

  it('has a button, and what changed nothing has none', async () => {
    const { set } = house();
    const changed = changeAnswer(await set(1, videos(5n)), callId(1), en);
    expect(changed.rows).toEqual([[expect.objectContaining({ custom_id: `undo:${callId(1)}` })]]);
    expect(changeAnswer(await set(2, videos(5n)), callId(2), en).rows).toBeUndefined();
  });
});

describe('a proposed change', () => {
  const proposed = { rules: [videos(0n)] };

  it('waits for the admin who was asked, an hour, also after a restart', async () => {
    const { editor, stored, guilds } = house();
    await keepProposal(editor(1), proposed);
    expect((await stored()).proposals).toEqual([{ id: callId(1), by: 'ada', ...proposed }]);
    expect(await guilds.audit(GUILD, 9)).toEqual([]);
    const open = async (by: string, afterMs: number) =>
      openProposal(editor(2, by), callId(1), snowflakeTime(callId(1)) + afterMs);
    expect(await open('ada', PROPOSAL_MS)).toMatchObject(proposed);
    expect(await open('ada', PROPOSAL_MS + 1)).toBeUndefined();
    expect(await open('ben', 0)).toBeUndefined();
  });

  it('is gone once it was carried out', async () => {
    const { editor, set, guilds } = house();
    await set(1, videos(5n));
    await keepProposal(editor(2), proposed);
    const edits = proposed.rules.map((rule) => setRuleEdit(rule, wording));
    await applyEdits({ ...editor(3), closes: callId(2) }, edits);
    expect(await guilds.get(GUILD)).toMatchObject({ rules: [videos(0n)], proposals: [] });
  });

  it('makes room for newer ones', async () => {
    const { editor, guilds } = house();
    for (let n = 1; n <= 12; n += 1) await keepProposal(editor(n), proposed);
    await keepProposal(editor(12), proposed);
    const { proposals = [] } = await guilds.get(GUILD);
    expect(proposals.map(({ id }) => id)).toEqual(
      Array.from({ length: 10 }, (_, index) => callId(index + 3)),
    );
  });
});
