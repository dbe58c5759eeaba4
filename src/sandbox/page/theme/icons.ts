import { svg } from 'lit';
import type { TemplateResult } from 'lit';

function icon(path: string): TemplateResult {
  return svg`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d=${path} /></svg>`;
}

/** Icons of 24 × 24, in the colour of the surrounding text. */
export const ICONS = {
  channel: icon(
    'M10 3 9 8H5v2h3.600l-.8 4H4v2h3.400L6.500 21h2l.9-5h4l-.9 5h2l.9-5H19v-2h-3.100l.8-4H20V8h-3L17.900 3h-2L15 8h-4l.9-5zm.6 7h4l-.8 4h-4z',
  ),
  locked: icon(
    'M12 2a5 5 0 0 0-5 5v3H6a2 2 0 0 0-2 2v8a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-8a2 2 0 0 0-2-2h-1V7a5 5 0 0 0-5-5m-3 8V7a3 3 0 0 1 6 0v3z',
  ),
  menu: icon('M3 5h18v2H3zm0 6h18v2H3zm0 6h18v2H3z'),
  panel: icon(
    'M4 4h16a1 1 0 0 1 1 1v14a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1m1 2v12h8V6zm10 0v12h4V6z',
  ),
  more: icon(
    'M5 10a2 2 0 1 1 0 4 2 2 0 0 1 0-4m7 0a2 2 0 1 1 0 4 2 2 0 0 1 0-4m7 0a2 2 0 1 1 0 4 2 2 0 0 1 0-4',
  ),
  close: icon(
    'm6.400 5 5.600 5.600L17.600 5 19 6.400 13.400 12l5.600 5.600-1.400 1.400-5.600-5.600L6.400 19 5 17.600l5.600-5.600L5 6.400z',
  ),
  send: icon('M3 20.500v-7l9-1.500-9-1.500v-7L21.500 12z'),
  upload: icon(
    'M11 16V7.800L7.400 11.400 6 10l6-6 6 6-1.400 1.400L13 7.800V16zm-6 4v-5h2v3h10v-3h2v5z',
  ),
  file: icon('M6 2h8l5 5v13a2 2 0 0 1-2 2H6a1 1 0 0 1-1-1V3a1 1 0 0 1 1-1m7 2v4h4z'),
} as const;
