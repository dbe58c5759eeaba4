import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { systemClock } from '../../../src/app/system-clock.ts';
import { LetterTooLarge, MAX_LETTER_BYTES, openInbox } from '../../../src/store/postgres/inbox.ts';
import type { Inbox } from '../../../src/store/postgres/inbox.ts';
import { putRow, withdrawRows } from '../../../src/store/postgres/inbox-rows.ts';
import { mailChannelOf } from '../../../src/store/postgres/mail-channel.ts';
import { createCipher } from '../../../src/store/records/cipher.ts';
import { held } from '../../fakes/held.ts';
import { recordingLog } from '../../fakes/log.ts';
import {
  askAt,
  backendsOf,
  cutBackend,
  describeOnPostgres,
  untilTrue,
} from '../../fakes/on-postgres.ts';
import { databaseWithClaims, sessionAfter, startMember } from './a-member.ts';
import type { AMember } from './a-member.ts';

const KEY = Buffer.alloc(32, 1);

interface AReceiver extends AMember {
  readonly inbox: Inbox;
  readonly log: ReturnType<typeof recordingLog>;
  readonly received: string[];
  end(): Promise<void>;
}

async function startReceiver(
  url: string,
  instance: string,
  { key = KEY, ...given }: Parameters<typeof startMember>[2] & { readonly key?: Uint8Array } = {},
): Promise<AReceiver> {
  const member = await startMember(url, instance, given);
  const received: string[] = [];
  const log = recordingLog();
  const inbox = openInbox({
    membership: member.membership,
    clock: systemClock,
    cipher: createCipher(key),
    newId: randomUUID,
    pace: { fetchMs: 1000, withdrawMs: 30_000 },
    log,
    receive(slot, text) {
      if (text === 'poison') throw new Error('cannot be parsed');
      received.push(`${slot}:${text}`);
    },
  });
  return {
    ...member,
    inbox,
    log,
    received,
    async end() {
      await inbox.close();
      await member.stop();
    },
  };
}

async function untilShared(...members: readonly AMember[]): Promise<void> {
  const share = 64 / members.length;
  await untilTrue(async () => members.every((member) => member.held.size === share));
}

describeOnPostgres('the inbox', (server) => {
  const newDatabase = async (): Promise<string> => databaseWithClaims(server);

  it('brings each letter to the owner of its slot, once', async () => {
    const url = await newDatabase();
    const [one, two] = [await startReceiver(url, 'one'), await startReceiver(url, 'two')];
    await untilShared(one, two);
    const slots = [...two.held.keys()];
    const answers = await Promise.all(
      Array.from({ length: 100 }, async (_, nth) => one.inbox.send(slots[nth % 32] ?? 0, `${nth}`)),
    );
    expect(new Set(answers)).toEqual(new Set(['taken']));
    const texts = two.received.map((line) => Number(line.split(':')[1]));
    expect(texts.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, nth) => nth));
    expect(one.received).toEqual([]);
    // Itself is an owner like any other.
    const [own = 0] = one.held.keys();
    await expect(one.inbox.send(own, 'mine')).resolves.toBe('taken');
    expect(one.received).toEqual([`${own}:mine`]);
    await one.end();
    await two.end();
  });

  it('gives a letter back that no owner has fetched, and lets nobody read it', async () => {
    const url = await newDatabase();
    const loading = held();
    const one = await startReceiver(url, 'one', {
      hooks: { onGained: async () => loading.opened },
    });
    const sent = one.inbox.send(3, 'a secret');
    await untilTrue(async () => (await askAt(url, 'SELECT 1 FROM inbox')).length === 1);
    const [{ body } = { body: '' }] = await askAt(url, 'SELECT body FROM inbox');
    expect(Buffer.from(String(body), 'base64').toString('latin1')).not.toContain('secret');
    await expect(sent).resolves.toBe('not-taken');
    loading.open();
    await untilTrue(async () => one.held.size === 64);
    expect(one.received).toEqual([]);
    await expect(askAt(url, 'SELECT 1 FROM inbox')).resolves.toEqual([]);
    await one.end();
  });

  it('keeps a letter for whom takes its slot over', async () => {
    const url = await newDatabase();
    const loading = held();
    const one = await startReceiver(url, 'one', {
      hooks: { onGained: async () => loading.opened },
    });
    const sent = one.inbox.send(3, 'early');
    await untilTrue(async () => (await askAt(url, 'SELECT 1 FROM inbox')).length === 1);
    loading.open();
    await expect(sent).resolves.toBe('taken');
    expect(one.received).toEqual(['3:early']);
    await one.end();
  });

  it('needs no notice: a renewal finds what one was lost for', async () => {
    const url = await newDatabase();
    const one = await startReceiver(url, 'one');
    await untilTrue(async () => one.held.size === 64);
    const sealed = createCipher(KEY).seal('silent', 'inbox:x:9');
    await askAt(url, "INSERT INTO inbox VALUES ('x', 9, $1, clock_timestamp())", [sealed]);
    await untilTrue(async () => one.received.length > 0);
    expect(one.received).toEqual(['9:silent']);
    await one.end();
  });

  it('wakes the owner alone, also where the sender saw the one before', async () => {
    const url = await newDatabase();
    // Nothing but notices leads to a look.
    const pace = { renewMs: 3_600_000, checkMs: 50, marginMs: 100 };
    const [one, two] = [
      await startReceiver(url, 'one', { pace }),
      await startReceiver(url, 'two', { pace }),
    ];
    await untilShared(one, two);
    const [slot = 0] = two.held.keys();
    const woken: string[] = [];
    for (const { membership } of [one, two]) {
      membership.sessions.onNotice((channel) => {
        if (/inbox|mail/.test(channel)) woken.push(channel);
      });
    }
    const sent = one.inbox.send(slot, 'hello');
    await untilTrue(async () => two.received.length > 0);
    await expect(sent).resolves.toBe('taken');
    expect(woken).toEqual([mailChannelOf(two.membership.sessions.current().member)]);
    const sealed = createCipher(KEY).seal('astray', `inbox:x:${slot}`);
    await askAt(url, "INSERT INTO inbox VALUES ('x', $1, $2, clock_timestamp())", [slot, sealed]);
    const { member } = one.membership.sessions.current();
    await askAt(url, 'SELECT pg_notify($1, $2)', [mailChannelOf(member), String(slot)]);
    await untilTrue(async () => two.received.length > 1);
    expect(two.received).toEqual([`${slot}:hello`, `${slot}:astray`]);
    expect(one.received).toEqual([]);
    await one.end();
    await two.end();
    // Every thirty seconds they look unasked.
  }, 20_000);

  it('never lets both the owner and the sender have a letter', async () => {
    const url = await newDatabase();
    const one = await startReceiver(url, 'one');
    const two = await startReceiver(url, 'two');
    await untilShared(one, two);
    const slots = [...two.held.keys()];
    const outcomes = new Map<string, string>();
    const sending = Array.from({ length: 300 }, async (_, nth) => {
      const text = `${nth}`;
      outcomes.set(text, await one.inbox.send(slots[nth % 32] ?? 0, text).catch(() => 'unknown'));
    });
    // The owner's connections break and come again meanwhile.
    for (let round = 0; round < 3; round += 1) {
      await cutBackend(url, (await backendsOf(url, 'two'))[round] ?? 0);
    }
    await Promise.all(sending);
    await untilTrue(async () => (await askAt(url, 'SELECT 1 FROM inbox')).length === 0);
    const got = two.received.map((line) => line.split(':')[1]);
    expect(new Set(got).size).toBe(got.length);
    expect(got.filter((text) => outcomes.get(text ?? '') === 'not-taken')).toEqual([]);
    await one.end();
    await two.end();
  });

  it('sees that a crash of the server has emptied it', async () => {
    const url = await newDatabase();
    const one = await startMember(url, 'one', { hooks: { onGained: async () => held().opened } });
    const letter = { id: 'a', slot: 3, body: '' };
    const { read, member } = one.membership.sessions.current();
    const life = await putRow(read, member, letter);
    await expect(putRow(read, member, { ...letter, id: 'b' })).resolves.toBe(life);
    await expect(withdrawRows(read, ['b'])).resolves.toEqual({ withdrawn: new Set(['b']), life });
    await server.crash();
    const next = await sessionAfter(one.membership, member);
    const after = await withdrawRows(next.read, ['a']);
    expect(after).toEqual({ withdrawn: new Set(), life: undefined });
    await expect(putRow(next.read, next.member, { ...letter, id: 'c' })).resolves.not.toBe(life);
    await one.stop();
  });

  it('refuses a letter that is too large, and survives one that cannot be read', async () => {
    const url = await newDatabase();
    const one = await startReceiver(url, 'one');
    await untilTrue(async () => one.held.size === 64);
    await expect(one.inbox.send(1, 'é'.repeat(MAX_LETTER_BYTES / 2 + 1))).rejects.toThrow(
      LetterTooLarge,
    );
    const longest = 'x'.repeat(MAX_LETTER_BYTES);
    await askAt(url, "INSERT INTO inbox VALUES ('y', 9, 'nonsense', clock_timestamp())");
    await expect(one.inbox.send(1, 'poison')).resolves.toBe('taken');
    await expect(one.inbox.send(1, longest)).resolves.toBe('taken');
    expect(one.received).toEqual([`1:${longest}`]);
    expect(one.log.lines.map(({ message }) => message)).toEqual(
      expect.arrayContaining([
        'letter that is sealed with another key is dropped',
        'letter could not be received',
      ]),
    );
    await one.end();
  });

  it('lets no process send that is a member no more', async () => {
    const url = await newDatabase();
    const dropping = held();
    const one = await startReceiver(url, 'one', { hooks: { onLost: async () => dropping.opened } });
    const two = await startReceiver(url, 'two');
    await untilShared(one, two);
    await askAt(url, "DELETE FROM member WHERE instance = 'one'");
    const sent = one.inbox
      .send([...two.held.keys()][0] ?? 0, 'late')
      .catch((cause: unknown) => cause);
    await expect(sent).resolves.toBeInstanceOf(Error);
    expect(two.received).toEqual([]);
    dropping.open();
    await one.end();
    await two.end();
  });

  it('removes what a dead sender has left', async () => {
    const url = await newDatabase();
    const one = await startReceiver(url, 'one');
    await askAt(url, "INSERT INTO inbox VALUES ('z', 9, '', now() - interval '1 hour')");
    await one.end();
    const two = await startReceiver(url, 'two');
    await untilTrue(async () => (await askAt(url, 'SELECT 1 FROM inbox')).length === 0);
    expect([...one.received, ...two.received]).toEqual([]);
    await two.end();
  });
});
