import { describe, expect, it } from 'vitest';
import { messagesFor } from '../../../src/discord/messages/messages-for.ts';
import type { Outcome } from '../../../src/domain/tasks/outcome.ts';
import { NOON } from '../../fakes/clock.ts';
import { taskText } from '../../fakes/task-texts.ts';
import { aClip, deliveredTask, findingsOf, videoMessage } from './clean-evidence.ts';
import { ended } from '../../fakes/a-task.ts';

const TOO_LARGE: Outcome = { kind: 'delivered', how: 'link', until: NOON, why: 'too-large' };
const FORBIDDEN: Outcome = { kind: 'delivered', how: 'link', until: NOON, why: 'not-allowed' };

/** A clip that came as a link, and whose message has another file. */
function withCopy(outcome: Outcome, { of, isSaid = true }: { of: string; isSaid?: boolean }) {
  const task = deliveredTask({ stage: ended(outcome, { providerTaskId: 'p-1' }) });
  const words = messagesFor('en').task.smallerCopy;
  const content = `${taskText({ task, outcome })}${isSaid ? `\n-# ${words}` : ''}`;
  return findingsOf({
    tasks: new Map([[task.id, task]]),
    clips: [aClip(), aClip({ id: 'p-2', clip: { ...aClip().clip, prompt: 'take-s1x9-z' } })],
    messages: [videoMessage({ content })],
    digests: new Map([['file', 'smaller']]),
    shrunk: new Map([['file', of]]),
    incidents: [{ what: 'upload:413' }],
  });
}

describe('the verdict on smaller copies', () => {
  // The second clip belongs to no command, which is one finding in each.
  it('takes one of the same clip where it was too large and the message says so', () => {
    expect(withCopy(TOO_LARGE, { of: 'p-1' })).toEqual(['let-through']);
  });

  it.each([
    ['a smaller copy of another clip', withCopy(TOO_LARGE, { of: 'p-2' })],
    ['a file of no clip', withCopy(TOO_LARGE, { of: 'none' })],
    ['one of which the message says nothing', withCopy(TOO_LARGE, { of: 'p-1', isSaid: false })],
    ['one where the file was not too large', withCopy(FORBIDDEN, { of: 'p-1' })],
  ])('finds %s', (_, found) => {
    expect(found).toEqual(['let-through', 'lost']);
  });
});
