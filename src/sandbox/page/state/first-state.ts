import type { Identity, Locale } from '../../playground/protocol/world.ts';
import { textDraft } from '../composer/composer.ts';
import type { PageState } from './page-state.ts';

/** The state before the server's first frame. */
export function firstState(you: Partial<Identity>, realNow: number): PageState {
  return {
    link: 'connecting',
    you,
    snapshot: undefined,
    location: undefined,
    unread: new Map(),
    composer: textDraft(''),
    composerNote: undefined,
    sent: [],
    isDragging: false,
    dismissed: new Set(),
    modal: undefined,
    menuOf: undefined,
    drawer: 'none',
    panelTab: 'tasks',
    editsOf: undefined,
    knobFault: undefined,
    realNow,
    isLight: false,
    width: 'wide',
  };
}

/** Who the address names: `?person=…&locale=…`; the language of the browser where it names none. */
export function identityOf(search: string, language: string): Partial<Identity> {
  const query = new URLSearchParams(search);
  const personId = query.get('person');
  const wanted = query.get('locale') ?? language;
  const locale: Locale = wanted.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en-US';
  return { locale, ...(personId === null ? {} : { personId }) };
}

/** The address that names this person, so that a reload is the same one. */
export function addressOf({ personId, locale }: Partial<Identity>): string {
  const query = new URLSearchParams();
  if (personId !== undefined) query.set('person', personId);
  if (locale !== undefined) query.set('locale', locale);
  return `?${query.toString()}`;
}
