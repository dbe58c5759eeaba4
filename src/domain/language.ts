/** The languages that the bot speaks. */
export const LANGUAGES = ['en', 'zh-CN'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The language nearest to a Discord locale. */
export function languageOf(locale: string | undefined): Language {
  return locale?.toLowerCase().startsWith('zh') === true ? 'zh-CN' : 'en';
}
