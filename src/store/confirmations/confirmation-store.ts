import { z } from 'zod';
import type {
  ConfirmationStore,
  KeptConfirmation,
  PendingConfirmation,
} from '../../app/ports/confirmation-port.ts';
import { confirmableUntil } from '../../domain/tasks/confirmable-until.ts';
import type { RecordStore, StoredRecord } from '../../app/ports/record-store-port.ts';
import { leftOutSchema } from '../../domain/preferences/with-preferences.ts';
import { OFFERED_BY } from '../../domain/ledger/agreed-price.ts';
import { quoteSchema } from '../../domain/ledger/quote.ts';
import { RESOLUTIONS } from '../../domain/routes/options.ts';
import { videoRequestSchema } from '../../domain/routes/request.ts';
import { clickClaimSchema } from '../../domain/tasks/click-claim.ts';
import { autoChoiceSchema } from '../../domain/tasks/plan.ts';
import { originSchema } from '../../domain/tasks/origin.ts';
import type { Cipher } from '../records/cipher.ts';
import { pagesUnder } from '../records/pages-under.ts';
import type { WaitingList } from './waiting-list.ts';

export const CONFIRMATION_PREFIX = 'confirm:';
const keyOf = (id: string): string => `${CONFIRMATION_PREFIX}${id}`;

const storedSchema = z.object({
  id: z.string(),
  guildId: z.string(),
  memberId: z.string(),
  /** Not an enum: the route may have been removed since. */
  route: z.string(),
  shown: quoteSchema.optional(),
  agreedBy: z.enum(OFFERED_BY).optional(),
  auto: autoChoiceSchema.optional(),
  leftOut: leftOutSchema.optional(),
  cheaper: z.object({ resolution: z.enum(RESOLUTIONS), shown: quoteSchema }).optional(),
  /** The key to the answer that shows the price, with its token encrypted. */
  answer: z.object({ applicationId: z.string(), sealed: z.string() }).optional(),
  ways: z
    .array(
      z.object({
        route: z.string(),
        resolution: z.enum(RESOLUTIONS).optional(),
        shown: quoteSchema,
      }),
    )
    .optional(),
  origin: originSchema.optional(),
  claim: clickClaimSchema.optional(),
  usesUp: z.string().optional(),
  isAnother: z.boolean().optional(),
  expiresAt: z.number(),
  /** The encrypted request, with its prompt and signed addresses, and what else was typed. */
  sealed: z.string(),
  isUsed: z.boolean(),
});
/** What is encrypted. */
const askedSchema = videoRequestSchema.extend({ typedDuration: z.string().optional() });
const usedSchema = z.strictObject({ isUsed: z.literal(true) });
/** A confirmation that waits for a click, or was used. */
export const storedConfirmationSchema = z.union([storedSchema, usedSchema]);

type Asked = Pick<PendingConfirmation, 'request' | 'typedDuration'>;

/** So many are read at a time. */
const PER_PAGE = 50;

/**
 * Creates the store of prices that wait for confirmation, which outlive a restart. Beyond
 * a member's limit a new one replaces their oldest, so that unanswered prices cannot fill the disk; it
 * counts those that this process has seen.
 */
export function createConfirmationStore(
  records: RecordStore,
  cipher: Cipher,
  waiting: WaitingList,
): ConfirmationStore {
  const usedUp = new Set<string>();
  const used = (id: string): StoredRecord => {
    remember(usedUp, id);
    waiting.remove([id]);
    return { key: keyOf(id), value: { isUsed: true } };
  };

  async function removeUnused(ids: readonly string[]): Promise<void> {
    const values = await records.getMany(ids.map(keyOf));
    const unused = ids.filter((_, index) => storedSchema.safeParse(values[index]).success);
    await records.remove(unused.map(keyOf));
  }

  return {
    async put(pending, inPlaceOf) {
      if ((await records.get(keyOf(pending.id))) !== undefined) return;
      const replaced = inPlaceOf === undefined ? [] : [used(inPlaceOf)];
      await records.write([recordOf(pending, cipher), ...replaced]);
      await removeUnused(waiting.add(pending.memberId, pending.id));
    },
    async restore(pending, successorId) {
      await records.write([recordOf(pending, cipher)]);
      waiting.add(pending.memberId, pending.id);
      await records.remove([keyOf(successorId)]);
      waiting.remove([successorId]);
    },
    async extend(pending, expiresAt) {
      // Commits keep their order, so one that uses it up later is not undone.
      if (usedUp.has(pending.id)) return;
      waiting.renew(pending.id);
      await records.write([recordOf({ ...pending, expiresAt }, cipher)]);
    },
    async get(id) {
      const stored = storedSchema.safeParse(await records.get(keyOf(id)));
      if (!stored.success || stored.data.isUsed) return undefined;
      const { sealed: _sealed, answer: _answer, isUsed: _, ...pending } = stored.data;
      const asked = openAsked(stored.data, cipher);
      const answer = openAnswer(stored.data, cipher);
      return asked === undefined
        ? undefined
        : { ...pending, ...asked, ...(answer === undefined ? {} : { answer }) };
    },
    ofMember: async (memberId) => readOfMember(records, memberId, cipher),
    remove: async (ids) => records.remove(ids.map(keyOf)),
    used,
    async sweep(nowMs) {
      const keys = await records.keysUnder(CONFIRMATION_PREFIX);
      const values = await records.getMany(keys);
      const expired = keys.filter((_, index) => {
        // A damaged record is left to the record check, which keeps a copy.
        const stored = storedConfirmationSchema.safeParse(values[index]).data;
        if (stored === undefined) return false;
        return !('expiresAt' in stored) || confirmableUntil(stored, nowMs) < nowMs;
      });
      await records.remove(expired);
      waiting.remove(expired.map((key) => key.slice(CONFIRMATION_PREFIX.length)));
    },
  };
}

/** Long enough for every click that is being answered. */
const MAX_REMEMBERED = 1000;

function remember(ids: Set<string>, id: string): void {
  ids.add(id);
  const [oldest] = ids;
  if (ids.size > MAX_REMEMBERED && oldest !== undefined) ids.delete(oldest);
}

async function readOfMember(
  records: RecordStore,
  memberId: string,
  cipher: Cipher,
): Promise<KeptConfirmation[]> {
  const kept: KeptConfirmation[] = [];
  // All of them: they live for an hour or so, and no mark of a member's is worth its writes.
  for await (const { values } of pagesUnder(records, CONFIRMATION_PREFIX, PER_PAGE)) {
    for (const value of values) {
      const { data } = storedSchema.safeParse(value);
      if (data === undefined || data.isUsed || data.memberId !== memberId) continue;
      const { sealed: _sealed, answer: _answer, isUsed: _, ...pending } = data;
      kept.push({ ...pending, ...openAsked(data, cipher) });
    }
  }
  return kept;
}

function openAsked(
  { id, sealed }: Pick<z.output<typeof storedSchema>, 'id' | 'sealed'>,
  cipher: Cipher,
): Asked | undefined {
  const text = cipher.open(sealed, id);
  const { data } = text === undefined ? {} : askedSchema.safeParse(JSON.parse(text));
  if (data === undefined) return undefined;
  const { typedDuration, ...request } = data;
  return { request, ...(typedDuration === undefined ? {} : { typedDuration }) };
}

/** Binds the token to its own field of the record. */
const answerOwner = (id: string): string => `${id}:answer`;

function openAnswer(
  { id, answer }: z.output<typeof storedSchema>,
  cipher: Cipher,
): PendingConfirmation['answer'] {
  if (answer === undefined) return undefined;
  const token = cipher.open(answer.sealed, answerOwner(id));
  return token === undefined ? undefined : { applicationId: answer.applicationId, token };
}

function recordOf(
  { request, typedDuration, ways, answer, ...pending }: PendingConfirmation,
  cipher: Cipher,
): StoredRecord {
  const sealed = cipher.seal(JSON.stringify({ ...request, typedDuration }), pending.id);
  const offered = ways === undefined ? {} : { ways: [...ways] };
  const sealedAnswer = answer && {
    applicationId: answer.applicationId,
    sealed: cipher.seal(answer.token, answerOwner(pending.id)),
  };
  const value = z.encode(storedSchema, {
    ...pending,
    ...offered,
    ...(sealedAnswer === undefined ? {} : { answer: sealedAnswer }),
    sealed,
    isUsed: false,
  });
  return { key: keyOf(pending.id), value };
}
