import type { TemplateResult } from 'lit';
import type { Page } from '../page.ts';
import type { OpenChannel } from '../state/selectors.ts';
import { renderCommandDraft } from './view-command.ts';
import { renderTextDraft } from './view-text.ts';

/** Renders the composer below the channel. */
export function renderComposer(open: OpenChannel, page: Page): TemplateResult {
  const { composer } = page.state;
  return composer.kind === 'text'
    ? renderTextDraft({ page, open, draft: composer })
    : renderCommandDraft({ page, open, draft: composer });
}

/** Returns the id of the element that should have the focus. */
export function focusTarget({ composer }: Page['state']): string {
  return composer.kind === 'text' ? 'composer-text' : `field-${composer.focused ?? ''}`;
}
