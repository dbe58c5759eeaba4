import type { MessageEdit, TaskView } from '../../playground/protocol/panel.ts';

type Outcome = NonNullable<TaskView['outcome']>;
type Via = MessageEdit['via'];

/** The short statuses of the side panel. */
export const badgesEn = {
  outcomes: {
    delivered: 'delivered',
    'result-lost': 'result lost',
    undeliverable: 'not deliverable',
    refused: 'refused',
    failed: 'failed',
    'provider-busy': 'provider busy',
    'provider-unreachable': 'provider unreachable',
    'provider-paused': 'provider paused',
    'wrong-address': 'wrong endpoint',
    'queue-expired': 'waited too long',
    cancelled: 'cancelled',
    'outcome-unknown': 'outcome unknown',
    'timed-out': 'timed out',
    'unknown-to-provider': 'unknown to the provider',
    'route-removed': 'model removed',
    'removed-unsent': 'model removed before it was sent',
    'not-started': 'not started',
    'prompt-unreadable': 'prompt unreadable',
    'media-gone': 'media gone',
    'media-unusable': 'media unusable',
    restored: 'restored',
  } satisfies Record<Outcome, string> as Readonly<Record<Outcome, string>>,
  vias: {
    callback: 'response',
    webhook: 'by token',
    channel: 'by the bot',
    member: 'by a member',
  } satisfies Record<Via, string> as Readonly<Record<Via, string>>,
  /** By the simulation's name of the answer; others are shown by that name. */
  answers: {
    ok: 'ok',
    normal: 'ok',
    slow: 'slow',
    hang: 'no answer',
    cut: 'cut',
    'cut-before-reading': 'cut',
    'rate-limited': 'busy',
    'server-error': 'server error',
    'not-json': 'rubbish',
    refused: 'refused',
    fail: 'failed',
    missing: 'unknown video',
    status: 'error',
    huge: 'too large',
  } as Readonly<Record<string, string>>,
  /** By pino's name of the level. */
  levels: {
    trace: 'trace',
    debug: 'debug',
    info: 'info',
    warn: 'warning',
    error: 'error',
    fatal: 'fatal',
  } as Readonly<Record<string, string>>,
};
