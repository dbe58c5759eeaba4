/** How long a task of its kind usually takes. */
export const typicalDurationEn = {
  line: (range: string) => `usually ${range}`,
  range: (from: string, to: string) => `${from} to ${to}`,
  about: (time: string) => `about ${time}`,
  fewSeconds: 'a few seconds',
  seconds: (count: string) => `${count} seconds`,
  minutes: (count: string) => `${count} ${count === '1' ? 'minute' : 'minutes'}`,
  /** Whole minutes and a half. */
  half: (whole: number) => `${whole}½`,
};
