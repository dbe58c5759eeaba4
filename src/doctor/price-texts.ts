/** What the doctor says about prices. */
export const priceTexts = {
  about: 'prices',
  all: (currency: string) => `every model has one, in ${currency}`,
  noList: (hasBudget: boolean) => ({
    text: `there is no price list: ${unpriced(hasBudget)}`,
    advice: 'Write prices.json; docs/operators.md says how',
  }),
  missing: (count: number, all: number, names: string, hasBudget: boolean) => ({
    text: `${count} of ${all} are missing (${names}): ${unpriced(hasBudget)}`,
    advice: 'Add them to the price list; docs/operators.md says how they are named',
  }),
  uploads: 'upload prices',
  allUploads: 'every upload into a library has one',
  missingUploads: (names: string, hasBudget: boolean) => ({
    text: `${names} missing: videos with such attachments go into a library, and ${unpriced(hasBudget)}`,
    advice: 'Add them to the price list, "0" where you know that the provider does not charge',
  }),
  missingForNames: (names: string) => ({
    text: `${names} missing: while BUDGET_DAY or BUDGET_MONTH is set, /asset add is refused for such files`,
    advice: 'Add them to the price list, "0" where you know that the provider does not charge',
  }),
  someNamed: (names: string, more: number) => `${names}${more > 0 ? ` and ${more} more` : ''}`,
} as const;

function unpriced(hasBudget: boolean): string {
  return hasBudget
    ? 'while BUDGET_DAY or BUDGET_MONTH is set, a video of unknown price is refused'
    : 'videos of unknown price count toward no cost and no cost limit';
}
