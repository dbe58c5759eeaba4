import { clipOfTask } from '../src/discord/second/clip-of-task.ts';
import { makeContinuation } from '../src/discord/second/make-continuation.ts';
import { openContinueForm } from '../src/discord/second/open-continue-form.ts';
import { formHandlers, formId, wayHandlers } from '../src/discord/second/way-handlers.ts';
import type { SecondWay } from '../src/discord/second/way-handlers.ts';

const SENT_ACTION = 'continued';

const CONTINUE: SecondWay = {
  action: 'continue',
  async open(call, services, source, click) {
    await openContinueForm(call, services, source, {
      // On a private message, such as one with a link, it is found by the task's own.
      clip: clipOfTask(source.task, call.message),
      customId: formId(SENT_ACTION, click),
    });
  },
};

/** The button "Continue" under a video: opens a form for a video that begins where this one ends. */
export const continueButtons = wayHandlers(CONTINUE);

/** That form, sent. */
export const continueForms = formHandlers(SENT_ACTION, CONTINUE, makeContinuation);
