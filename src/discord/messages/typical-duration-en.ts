/** How long videos of one kind usually take. */
export const typicalDurationEn = {
  line: (range: string) => `usually ${range}`,
  range: (from: string, to: string) => `${from} to ${to}`,
  about: (time: string) => `about ${time}`,
  fewSeconds: 'a few seconds',
  seconds: (count: string) => `${count} seconds`,
  minutes: (count: string) => `${count} ${count === '1' ? 'minute' : 'minutes'}`,
  /** A number of minutes that ends in a half. */
  half: (whole: number) => `${whole}½`,
};
