import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { slotOf } from '../domain/slots.ts';
import { taskIdSchema } from '../domain/tasks/task-id.ts';
import type { EditedTask } from '../app/ports/late-edits-port.ts';
import type { BotContext } from './bot-context.ts';
import type { Stores } from './open-store.ts';

const letterSchema = z.discriminatedUnion('kind', [
  /** A call or click, as Discord has sent it. */
  z.object({ kind: z.literal('call'), raw: z.unknown() }),
  /** A task whose message was edited late. */
  z.object({
    kind: z.literal('late-edit'),
    task: z.object({ id: taskIdSchema, guildId: z.string() }),
  }),
  /** What an admin changed about who may use a command, as Discord has sent it. */
  z.object({ kind: z.literal('permissions'), raw: z.unknown() }),
]);

type Letter = z.infer<typeof letterSchema>;

/** What processes of a database tell each other about guilds. */
export interface Letters {
  /** Sends a letter to the owner of a guild; fails as `Inbox.send` does. */
  send(guildId: string, letter: Letter): Promise<'taken' | 'not-taken'>;
  /** Receives calls, from then on. */
  onCall(then: (raw: unknown) => void): void;
  /** Receives tasks whose message is to be shown again, from then on. */
  onLateEdit(then: (task: EditedTask) => void): void;
  /** Receives changes of command permissions, from then on. */
  onPermissions(then: (raw: unknown) => void): void;
}

/** `undefined` where this process has the store alone. Nothing arrives before it serves slots. */
export async function openLetters(
  { clock, log, resources }: BotContext,
  { shared }: Pick<Stores, 'shared'>,
): Promise<Letters | undefined> {
  if (shared?.membership === undefined) return undefined;
  const { membership, cipher } = shared;
  const { openInbox } = await import('../store/postgres/inbox.ts');
  let arrive: ((raw: unknown) => void) | undefined;
  let showAgain: ((task: EditedTask) => void) | undefined;
  let change: ((raw: unknown) => void) | undefined;
  const inbox = openInbox({
    membership,
    clock,
    cipher,
    newId: randomUUID,
    receive(_slot, text) {
      const letter = letterSchema.parse(JSON.parse(text));
      if (letter.kind === 'call') arrive?.(letter.raw);
      else if (letter.kind === 'late-edit') showAgain?.(letter.task);
      else change?.(letter.raw);
    },
    log,
  });
  resources.own('inbox', async () => inbox.close());
  return {
    send: async (guildId, letter) => inbox.send(slotOf(guildId), JSON.stringify(letter)),
    onCall(then) {
      arrive = then;
    },
    onLateEdit(then) {
      showAgain = then;
    },
    onPermissions(then) {
      change = then;
    },
  };
}
