import { describe, expect, it } from 'vitest';
import { HANDLERS } from '../../../src/bot/handlers.ts';
import { neededCommands } from '../../../src/discord/access/needed-commands.ts';

const VIDEO = ['video'];
const BOTH = ['Animate', 'video'];

/** What makes a video or leads to one, by the first part of its custom id. */
const WAYS: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    ['again', 'edit', 'continue', 'pictures', 'higher', 'other']
      .flatMap((way) => [way, `${way}-anyway`, `${way}-another`])
      .map((action) => [action, VIDEO]),
  ),
  ...Object.fromEntries(
    ['edited', 'continued', 'pictured']
      .flatMap((form) => [form, `${form}-another`])
      .map((action) => [action, VIDEO]),
  ),
  // Of an offer and of a price: besides, by what began, as below.
  choose: VIDEO,
  make: VIDEO,
  'make-frames': VIDEO,
  'make-references': VIDEO,
  another: VIDEO,
  change: VIDEO,
  changed: VIDEO,
  confirm: VIDEO,
  'confirm-cheaper': VIDEO,
  animated: BOTH,
  'animated-on': BOTH,
};

describe('the permissions of commands that a click needs', () => {
  it.each(Object.entries(WAYS))('%s: %s', (action, commands) => {
    const handlers = [...HANDLERS.components, ...HANDLERS.modals];
    const found = handlers.filter((handler) => handler.action === action);
    expect(found.map(({ asCommand = [] }) => [asCommand].flat())).toEqual([commands]);
  });

  it.each([
    [undefined, VIDEO],
    ...['again', 'edit', 'continue', 'pictures', 'higher', 'other', 'offer'].map(
      (action) => [action, VIDEO] as const,
    ),
    ['animate', BOTH],
  ] as const)('what began by %s: %s', (action, commands) => {
    expect(neededCommands(action === undefined ? undefined : { action })).toEqual(commands);
  });
});
