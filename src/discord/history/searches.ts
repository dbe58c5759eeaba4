import type { HistoryPage, HistoryStart } from '../../app/ports/history-port.ts';

/** The pages beside one that a search showed. */
export interface ShownSearch extends Pick<HistoryPage, 'older' | 'newer'> {
  readonly memberId: string;
  readonly guildId: string;
  readonly search: string;
}

/**
 * What members searched for, by the id of the page that they were shown: words of a prompt are in no
 * custom id and in no record. A restart forgets them, and the newest displace the oldest.
 */
export interface Searches {
  remember(pageId: string, shown: ShownSearch): void;
  /** What a click of a member on a page leads to; `undefined` if it is not known, or of another. */
  find(
    pageId: string,
    by: Pick<ShownSearch, 'memberId' | 'guildId'>,
    direction: 'older' | 'newer',
  ): { readonly search: string; readonly start: HistoryStart } | undefined;
}

const MAX_PAGES = 1000;

export function createSearches(maxPages = MAX_PAGES): Searches {
  const pages = new Map<string, ShownSearch>();
  return {
    remember(pageId, shown) {
      pages.set(pageId, shown);
      const [oldest] = pages.keys();
      if (pages.size > maxPages && oldest !== undefined) pages.delete(oldest);
    },
    find(pageId, { memberId, guildId }, direction) {
      const shown = pages.get(pageId);
      if (shown?.memberId !== memberId || shown.guildId !== guildId) return undefined;
      const start = shown[direction];
      return start === undefined ? undefined : { search: shown.search, start };
    },
  };
}
