/** The languages of the bot. */
export const LANGUAGES = ['en', 'zh-CN'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The closest language for a Discord locale. */
export function languageOf(locale: string | undefined): Language {
  return locale?.toLowerCase().startsWith('zh') === true ? 'zh-CN' : 'en';
}
