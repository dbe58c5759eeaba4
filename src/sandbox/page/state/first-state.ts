import type { Identity, Locale } from '../../playground/protocol/world.ts';
import { textDraft } from '../composer/composer.ts';
import type { PageState } from './page-state.ts';

/** Returns the state before the server's first frame. */
export function firstState(you: Partial<Identity>, realNow: number): PageState {
  return {
    link: 'connecting',
    you,
    snapshot: undefined,
    location: undefined,
    unread: new Map(),
    composer: textDraft(''),
    wantsFocus: 0,
    composerNote: undefined,
    sent: [],
    isDragging: false,
    dismissed: new Set(),
    shownMessage: undefined,
    modal: undefined,
    messageMenu: undefined,
    drawer: 'none',
    panelTab: 'tasks',
    panelScrolls: {},
    knobCommand: '',
    editsMessageId: undefined,
    knobError: undefined,
    realNow,
    isLight: false,
    width: 'wide',
  };
}

/** Reads `?person=…&locale=…`; without `locale`, uses the browser's language. */
export function identityOf(search: string, language: string): Partial<Identity> {
  const query = new URLSearchParams(search);
  const personId = query.get('person');
  const wanted = query.get('locale') ?? language;
  const locale: Locale = wanted.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en-US';
  return { locale, ...(personId === null ? {} : { personId }) };
}

/** Returns the query of this identity, which a reload keeps. */
export function addressOf({ personId, locale }: Partial<Identity>): string {
  const query = new URLSearchParams();
  if (personId !== undefined) query.set('person', personId);
  if (locale !== undefined) query.set('locale', locale);
  return `?${query.toString()}`;
}
