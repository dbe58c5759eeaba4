import { isHeld } from '../../domain/ledger/money-sides.ts';
import type { Outcome } from '../../domain/tasks/outcome.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { Messages } from '../messages/en.ts';

type EndWord = keyof Messages['history']['ends'];

const OF_OUTCOME: Readonly<Record<Outcome['kind'], EndWord>> = {
  delivered: 'delivered',
  'result-lost': 'undelivered',
  undeliverable: 'undelivered',
  refused: 'refused',
  failed: 'failed',
  'provider-busy': 'notSent',
  'provider-unreachable': 'notSent',
  'provider-paused': 'notSent',
  'wrong-address': 'notSent',
  'queue-expired': 'notSent',
  cancelled: 'cancelled',
  'outcome-unknown': 'failed',
  'timed-out': 'failed',
  'unknown-to-provider': 'failed',
  'route-removed': 'failed',
  'removed-unsent': 'notSent',
  'not-started': 'notSent',
  'prompt-unreadable': 'notSent',
  'media-gone': 'notSent',
  'media-unusable': 'refused',
  restored: 'failed',
};

/** In one word how a task ended, or how far it is. */
export function endWord(task: Task): EndWord {
  const { stage } = task;
  switch (stage.name) {
    case 'acknowledging':
    case 'queued':
    case 'preparing':
      return 'waiting';
    case 'submitting':
    case 'running':
      return 'running';
    case 'delivering':
      return 'delivering';
    case 'notifying':
    case 'ended': {
      const word = OF_OUTCOME[stage.outcome.kind];
      return word !== 'delivered' && isHeld(task) ? 'unconfirmed' : word;
    }
  }
}
