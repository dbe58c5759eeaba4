import { describe, expect, it } from 'vitest';
import { endUnknownUploads } from '../../src/app/library/named-charges.ts';
import { memberAccountKey, guildAccountKey } from '../../src/domain/ledger/account-key.ts';
import { keyIn } from '../../src/domain/library/named-asset.ts';
import { ANYFAST_LIBRARY } from '../../src/providers/anyfast/library.ts';
import { GUILD_ID, MEMBER_ID, aTask } from '../fakes/a-task.ts';
import { settle } from '../fakes/clock.ts';
import { media } from '../fakes/a-request.ts';
import {
  addReady,
  assetsIn,
  linesIn,
  namedProcess,
  namedWorld,
  naming,
  pass,
  places,
  sumsIn,
  uploadPrices,
} from '../fakes/named-world.ts';
import type { NamedProcess, NamedWorld } from '../fakes/named-world.ts';
import { scriptedLibrary } from '../fakes/scripted-library.ts';

const READY = ['hero jimmy/sp usable', 'hero anyfast/assets usable'];
const MINUTES = 60_000;
const UNREAD = 'https://cdn.discordapp.com/gone.png';

/** The states of all lines of uploads. */
const statesIn = (world: NamedWorld): string[] => linesIn(world).map(({ state }) => state);

/** A task that uses a name, as far as the libraries know of it. */
async function useIt({ assets, store }: NamedProcess, task = aTask()): Promise<string> {
  const [asset] = await store.of(GUILD_ID);
  const key = asset && keyIn(asset, GUILD_ID, 'anyfast/assets');
  const [medium] = Object.entries(media(['image1']));
  if (key === undefined || medium === undefined) throw new Error('no such name');
  const named = { role: 'reference_image', url: '', asset: key } as const;
  const use = { option: 'image1', kind: 'image', medium: named } as const;
  expect(await assets.identify(task, 'anyfast/assets', use)).toEqual({ kind: 'known', key });
  return key;
}

describe('a file that is given a name', () => {
  it('is brought into every library, once, and charged', async () => {
    const world = namedWorld();
    const process = await namedProcess(world);
    const answer = await addReady(world, process);
    expect(answer).toEqual({ kind: 'added', libraries: ['jimmy/sp', 'anyfast/assets'], unfit: [] });
    expect(await places(process)).toEqual(READY);
    expect(sumsIn(world)).toBe('750000 used, 0 reserved, 0 videos');
    expect(sumsIn(world, guildAccountKey(GUILD_ID))).toBe(sumsIn(world));
    expect(sumsIn(world, memberAccountKey(GUILD_ID, MEMBER_ID))).toBe(sumsIn(world));
    expect(linesIn(world)).toMatchObject([
      { route: 'jimmy/upload', isUpload: true, settled: 500_000n, state: 'settled' },
      { route: 'anyfast/upload', isUpload: true, settled: 250_000n, state: 'settled' },
    ]);
    expect([world.jimmy.uploads.length, world.anyfast.uploads.length]).toEqual([1, 1]);
  });

  it('is uploaded and charged once under two names at once', async () => {
    const world = namedWorld();
    const process = await namedProcess(world);
    await Promise.all([process.named.add(naming()), process.named.add(naming({ name: 'other' }))]);
    await pass(world, process);
    expect((await places(process)).toSorted()).toEqual(
      [...READY, 'other jimmy/sp usable', 'other anyfast/assets usable'].toSorted(),
    );
    expect([world.jimmy.uploads.length, world.anyfast.uploads.length]).toEqual([1, 1]);
    expect(sumsIn(world)).toBe('750000 used, 0 reserved, 0 videos');
  });

  it('is refused where the name is taken, also by one that comes at the same time', async () => {
    const world = namedWorld();
    const process = await namedProcess(world);
    const answers = await Promise.all([process.named.add(naming()), process.named.add(naming())]);
    expect(answers.map(({ kind }) => kind).toSorted()).toEqual(['added', 'taken']);
    await pass(world, process);
    expect((await process.named.add(naming())).kind).toBe('taken');
    expect(sumsIn(world)).toBe('750000 used, 0 reserved, 0 videos');
  });

  it('is refused as the hundred and first, and costs nothing then', async () => {
    const world = namedWorld();
    const process = await namedProcess(world);
    const names = Array.from({ length: 105 }, (_, index) => `name-${index}`);
    const answers = await Promise.all(
      names.map(async (name) => process.named.add(naming({ name }))),
    );
    expect(answers.filter(({ kind }) => kind === 'added')).toHaveLength(100);
    expect(answers.filter(({ kind }) => kind === 'full')).toHaveLength(5);
    expect(sumsIn(world)).toBe('0 used, 75000000 reserved, 0 videos');
    const [first] = await process.store.of(GUILD_ID);
    expect(await process.named.remove(GUILD_ID, first?.name ?? '')).toBe(true);
    expect((await process.named.add(naming({ name: 'one-more' }))).kind).toBe('added');
  });

  it('is refused under a budget where an upload has no price', async () => {
    const world = namedWorld();
    world.priceList = uploadPrices({ 'jimmy/upload': { amount: '0.50', per: 'task' } });
    world.budgets = { day: 100_000_000n };
    const process = await namedProcess(world);
    expect(await process.named.add(naming())).toMatchObject({
      kind: 'denied',
      denial: { kind: 'budget' },
    });
    expect(linesIn(world)).toEqual([]);
    expect(await process.named.list(GUILD_ID)).toEqual([]);
  });

  it('is refused above a budget, and where its name is a refused word', async () => {
    const world = namedWorld();
    world.budgets = { day: 700_000n };
    const process = await namedProcess(world);
    expect(await process.named.add(naming())).toMatchObject({ denial: { kind: 'budget' } });
    await process.guilds.change(GUILD_ID, (settings) => ({ ...settings, refusedWords: ['Hero'] }));
    const refused = await process.named.add(naming({ name: 'my-hero' }));
    expect(refused).toMatchObject({ denial: { kind: 'word' } });
    expect(world.jimmy.uploads).toEqual([]);
  });

  it('goes only where the documents take it, and is refused where none does', async () => {
    const world = namedWorld();
    const { limits } = ANYFAST_LIBRARY;
    if (limits === undefined) throw new Error('the documents have limits');
    const strict = scriptedLibrary({ id: 'anyfast/assets', hasGroups: true, limits });
    const file = { ...naming().file, width: 200, height: 2000 };
    const reasons = [
      { kind: 'media-pixels', width: 200, height: 2000, min: 300, max: 6000 },
      { kind: 'media-aspect', width: 200, height: 2000, min: 0.4, max: 2.5 },
    ];
    const unfit = [{ library: 'anyfast/assets', reasons }];
    const process = await namedProcess({ ...world, anyfast: strict });
    expect(await process.named.add(naming({ file }))).toEqual({
      kind: 'added',
      libraries: ['jimmy/sp'],
      unfit,
    });
    const alone = await namedProcess({ ...world, anyfast: strict }, { on: ['anyfast'] });
    const again = naming({ name: 'other', file });
    expect(await alone.named.add(again)).toEqual({ kind: 'unfit', unfit });
  });

  it('is given up after five reads that failed, and nothing is charged', async () => {
    const world = namedWorld();
    world.unreadable.add(UNREAD);
    const process = await namedProcess(world);
    await process.named.add(naming({ file: { ...naming().file, url: UNREAD } }));
    await pass(world, process, MINUTES);
    expect(await places(process)).toEqual([
      'hero jimmy/sp failed unread',
      'hero anyfast/assets failed unread',
    ]);
    expect(statesIn(world)).toEqual(['released', 'released']);
    expect(sumsIn(world)).toBe('0 used, 0 reserved, 0 videos');
  });
});

describe('a portrait', () => {
  const portrait = naming({ way: 'person' });

  it('goes only where portraits are reviewed, and is usable when it is active, days later', async () => {
    const world = namedWorld();
    for (let looks = 0; looks < 800; looks += 1) world.jimmy.lookAnswers.push({ kind: 'pending' });
    const process = await namedProcess(world);
    expect(await process.named.add(portrait)).toMatchObject({ libraries: ['jimmy/sp'] });
    await pass(world, process, 15 * MINUTES);
    expect(await places(process)).toEqual(['hero jimmy/sp preparing']);
    // It is charged as soon as the upload is answered.
    expect(statesIn(world)).toEqual(['settled']);
    await world.clock.advance(60 * 60 * MINUTES);
    world.jimmy.lookAnswers.length = 0;
    await pass(world, process, MINUTES);
    expect(await places(process)).toEqual(['hero jimmy/sp usable']);
    expect(world.jimmy.uploads).toMatchObject([{ way: 'person' }]);
  });

  it('that is refused says so, and its upload stays charged', async () => {
    const world = namedWorld();
    const refusal = { category: 'real-person', message: '' } as const;
    world.jimmy.lookAnswers.push({ kind: 'failed', refusal });
    const process = await namedProcess(world);
    await process.named.add(portrait);
    await pass(world, process);
    expect(await places(process)).toEqual(['hero jimmy/sp failed failed']);
    expect(statesIn(world)).toEqual(['settled']);
    expect((await process.named.add(naming())).kind).toBe('added');
  });

  it('is refused where no provider reviews portraits', async () => {
    const process = await namedProcess(namedWorld(), { on: ['anyfast'] });
    expect(await process.named.add(portrait)).toEqual({ kind: 'no-persons' });
    const none = await namedProcess(namedWorld(), { on: [] });
    expect(await none.named.add(portrait)).toEqual({ kind: 'no-library' });
  });
});

describe('a library', () => {
  it('that is full refuses the file, which is usable in the other one', async () => {
    const world = namedWorld();
    const refusal = { category: 'parameters', message: 'library full' } as const;
    world.anyfast.uploadAnswers.push({ kind: 'refused', refusal });
    const process = await namedProcess(world);
    await addReady(world, process);
    expect(await places(process)).toEqual([
      'hero jimmy/sp usable',
      'hero anyfast/assets failed refused',
    ]);
    expect(statesIn(world)).toEqual(['settled', 'released (assumed)']);
  });

  it('that is slow holds up neither the other one nor other servers', async () => {
    const world = namedWorld();
    world.anyfast.gate = new Promise(() => undefined);
    const process = await namedProcess(world);
    const other = '1300000000000000011';
    await process.named.add(naming());
    await process.named.add(naming({ guildId: other, name: 'other' }));
    await pass(world, process);
    expect(await places(process)).toEqual([
      'hero jimmy/sp usable',
      'hero anyfast/assets preparing',
    ]);
    expect(await places(process, other)).toContain('other jimmy/sp usable');
  });

  it('that answers another file’s id is not believed', async () => {
    const world = namedWorld();
    const process = await namedProcess(world);
    await addReady(world, process);
    world.anyfast.uploadAnswers.push({ kind: 'uploaded', id: 'a-1' });
    const file = { ...naming().file, url: 'https://cdn.discordapp.com/villain.png' };
    await addReady(world, process, { name: 'villain', file });
    expect(await places(process)).toEqual([
      ...READY,
      'villain jimmy/sp usable',
      'villain anyfast/assets failed mixed-up',
    ]);
    expect(world.anyfast.deletions).toEqual([]);
  });

  it('that refuses the whole account pauses its provider, and is tried again afterwards', async () => {
    const world = namedWorld();
    const refusal = { category: 'balance-spent', message: '' } as const;
    world.anyfast.uploadAnswers.push({ kind: 'refused', refusal });
    const process = await namedProcess(world);
    await addReady(world, process);
    expect(await places(process)).toContain('hero anyfast/assets preparing');
    expect(world.notices).toEqual([`${GUILD_ID} anyfast balance-spent`]);
    await pass(world, process, 6 * MINUTES);
    expect(await places(process)).toEqual(READY);
    expect(sumsIn(world)).toBe('750000 used, 0 reserved, 0 videos');
  });

  it('that never answers is given up after a day, and its upload counts as probably charged', async () => {
    const world = namedWorld();
    world.jimmy.uploadAnswers.push({ kind: 'lost', detail: '' }, { kind: 'lost', detail: '' });
    const process = await namedProcess(world);
    await addReady(world, process);
    await pass(world, process, 2 * MINUTES);
    expect(await places(process)).toEqual([
      'hero jimmy/sp failed unanswered',
      'hero anyfast/assets usable',
    ]);
    expect(statesIn(world)).toEqual(['settled (assumed)', 'settled']);
  });
});

describe('an API key that changed', () => {
  it('makes what it uploaded lost, and the same name brings it back', async () => {
    const world = namedWorld();
    const before = await namedProcess(world);
    await addReady(world, before);
    await before.named.stop();
    const process = await namedProcess(world, { fingerprints: { 'anyfast/assets': 'key-2' } });
    expect(await places(process)).toEqual(['hero jimmy/sp usable', 'hero anyfast/assets lost']);
    await addReady(world, process);
    expect(await places(process)).toEqual(READY);
    expect([world.jimmy.uploads.length, world.anyfast.uploads.length]).toEqual([1, 2]);
    expect(sumsIn(world)).toBe('1000000 used, 0 reserved, 0 videos');
    // Nothing of the other key's is deleted with this one.
    expect(world.anyfast.deletions).toEqual([]);
  });

  it('while an upload is under way leaves it charged', async () => {
    const world = namedWorld();
    world.anyfast.gate = new Promise(() => undefined);
    const before = await namedProcess(world);
    await addReady(world, before);
    await before.named.stop();
    world.anyfast.gate = Promise.resolve();
    const process = await namedProcess(world, { fingerprints: { 'anyfast/assets': 'key-2' } });
    await pass(world, process);
    expect(statesIn(world)).toEqual(['settled', 'settled (assumed)']);
    expect(await places(process)).toEqual([
      'hero jimmy/sp usable',
      'hero anyfast/assets failed unanswered',
    ]);
  });
});

describe('what a name stands for', () => {
  it('stays at its provider while a task uses it, and is deleted afterwards', async () => {
    const world = namedWorld();
    const process = await namedProcess(world);
    await addReady(world, process);
    const task = aTask();
    world.tasks.byId.set(task.id, task);
    const key = await useIt(process, task);
    expect(await process.named.remove(GUILD_ID, 'hero')).toBe(true);
    const signal = new AbortController().signal;
    await process.cleaner.sweep(signal);
    expect(world.anyfast.deletions).toEqual([]);
    expect(await process.assets.ids('anyfast/assets', [key])).toEqual(['a-1']);
    world.tasks.byId.delete(task.id);
    await process.cleaner.sweep(signal);
    expect(world.anyfast.deletions).toEqual(['a-1']);
    expect(await process.named.remove(GUILD_ID, 'hero')).toBe(false);
    expect(sumsIn(world)).toBe('750000 used, 0 reserved, 0 videos');
  });

  it.each([
    [
      'its member deletes their data',
      async ({ named }: NamedProcess) =>
        named.forgetMember(MEMBER_ID, { guildId: GUILD_ID, until: Infinity }),
    ],
    ['the server leaves', async ({ named }: NamedProcess) => named.forgetGuild(GUILD_ID)],
    ['it is removed', async ({ named }: NamedProcess) => named.remove(GUILD_ID, 'hero')],
  ] as const)('is deleted when %s while it is uploaded', async (_, forget) => {
    const world = namedWorld();
    const open: (() => void)[] = [];
    world.anyfast.gate = new Promise((resolve) => void open.push(resolve));
    const process = await namedProcess(world);
    await addReady(world, process);
    expect(world.anyfast.uploads).toHaveLength(1);
    await forget(process);
    expect(await process.named.list(GUILD_ID)).toEqual([]);
    // Nobody knows yet whether it arrives.
    expect(statesIn(world)).toEqual(['settled', 'settled (assumed)']);
    expect(world.records.byKey.has(`named-assets:${GUILD_ID}`)).toBe(false);
    open[0]?.();
    await pass(world, process);
    await process.cleaner.sweep(new AbortController().signal);
    expect(world.anyfast.there.size).toBe(0);
    expect(assetsIn(world).flatMap(({ uses }) => uses.names)).toEqual([]);
  });

  it('is not uploaded for nothing when it is removed while its group is made', async () => {
    const open: (() => void)[] = [];
    const gate = new Promise<void>((resolve) => void open.push(resolve));
    const createGroup = async () => {
      await gate;
      return { kind: 'uploaded', id: 'group-1' } as const;
    };
    const anyfast = scriptedLibrary({ id: 'anyfast/assets', hasGroups: true, createGroup });
    const world = { ...namedWorld(), anyfast };
    const process = await namedProcess(world);
    await addReady(world, process);
    await process.named.remove(GUILD_ID, 'hero');
    open[0]?.();
    await pass(world, process);
    expect(anyfast.uploads).toEqual([]);
    expect(statesIn(world)).toEqual(['settled', 'released']);
  });

  it('goes on after a start, which uploads nothing twice', async () => {
    const world = namedWorld();
    for (let looks = 0; looks < 3; looks += 1) world.anyfast.lookAnswers.push({ kind: 'pending' });
    const before = await namedProcess(world);
    await before.named.add(naming());
    await pass(world, before, 3000);
    await before.named.stop();
    const process = await namedProcess(world);
    await pass(world, process, MINUTES);
    expect(await places(process)).toEqual(READY);
    expect([world.jimmy.uploads.length, world.anyfast.uploads.length]).toEqual([1, 1]);
    expect(sumsIn(world)).toBe('750000 used, 0 reserved, 0 videos');
  });

  it('is not uploaded again from a restored store', async () => {
    const world = namedWorld();
    const before = await namedProcess(world);
    await before.named.add(naming());
    await before.named.stop();
    const { store, ledger } = await namedProcess(world);
    await endUnknownUploads({ store, ledger });
    const process = await namedProcess(world);
    await pass(world, process, MINUTES);
    expect([world.jimmy.uploads, world.anyfast.uploads]).toEqual([[], []]);
    expect(statesIn(world)).toEqual(['settled (assumed)', 'settled (assumed)']);
    expect((await process.named.add(naming())).kind).toBe('added');
  });
});

describe('an account that is damaged', () => {
  it.each(['with its name', 'from the journal'])('has uploads counted anew, %s', async (how) => {
    const world = namedWorld();
    const before = await namedProcess(world);
    await addReady(world, before);
    if (how === 'from the journal') await before.named.remove(GUILD_ID, 'hero');
    const keys = [...world.records.byKey.keys()].filter((key) => key.startsWith('account:'));
    expect(keys).toHaveLength(3);
    const good = keys.map((key) => sumsIn(world, key));
    for (const key of keys) world.records.byKey.set(key, 'damaged');
    const { ledger } = await namedProcess(world);
    await ledger.load(keys);
    await settle();
    expect(keys.map((key) => sumsIn(world, key))).toEqual(good);
    expect(good[0]).toBe('750000 used, 0 reserved, 0 videos');
  });
});
