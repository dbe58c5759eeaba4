import type { NeverSent } from '../never-sent.ts';

const CREATE = 'create API';

const field = (name: string, why: string): NeverSent => ({
  kind: 'field',
  name,
  why,
  source: CREATE,
});

/** What its documents name and the bot never sends. A `duration` of -1 neither: it would have no price. */
export const ARK_NEVER_SENT: readonly NeverSent[] = [
  field('frames', 'lengths are whole seconds'),
  field('seed', 'its copies disagree which models take it'),
  field('camera_fixed', '/video has no such option'),
  field('callback_url', 'the bot has no public address; it asks'),
  field('safety_identifier', 'a lost create is found by its model, time and settings'),
  field('priority', 'it goes before other tasks of the same account alone'),
  field('service_tier', 'half the price, and no telling when it ends'),
  field('draft', 'it makes two tasks of one'),
  field('draft_task', 'it makes two tasks of one'),
  field('omni_reference_task_type', 'the prompt says it; by default it is read from there'),
  field('output_format', 'a mov plays in few programs'),
];
