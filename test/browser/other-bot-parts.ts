import { FIRST_PHOTO, LAST_PHOTO } from './person.ts';

/** What the text of `/echo` completes to. */
export const FRUITS: readonly string[] = ['apple', 'apricot', 'banana', 'cherry'];

const option = (type: number, name: string, more: object = {}) => ({
  type,
  name,
  description: `The ${name}`,
  ...more,
});

export const OTHER_COMMANDS = [
  {
    name: 'echo',
    description: 'Says back what it is given',
    name_localizations: { 'zh-CN': '回声' },
    description_localizations: { 'zh-CN': '重复收到的内容' },
    options: [
      option(3, 'fruit', { required: true, autocomplete: true }),
      option(4, 'count', { min_value: 1, max_value: 9 }),
      option(10, 'weight', { min_value: 0 }),
      option(5, 'sure'),
      option(6, 'who'),
      option(7, 'where', { channel_types: [0] }),
      option(8, 'rank'),
      option(9, 'anybody'),
      option(11, 'picture', { file_types: ['image'] }),
    ],
  },
  {
    name: 'show',
    description: 'Shows parts of messages',
    options: [
      option(3, 'what', {
        required: true,
        choices: ['menus', 'buttons', 'spoiler', 'v2'].map((name) => ({ name, value: name })),
      }),
    ],
  },
  { type: 3, name: 'Repeat' },
  { type: 2, name: 'Wave' },
];

const row = (...components: readonly object[]) => ({ type: 1, components });

const SIZES = ['small', 'medium', 'large'].map((value) => ({
  label: `Size ${value}`,
  value,
  description: `A ${value} one`,
}));

/** A menu of each kind; the first takes two. */
export const MENUS = [
  row({
    type: 3,
    custom_id: 'sizes',
    options: SIZES,
    min_values: 1,
    max_values: 2,
    placeholder: 'Sizes',
  }),
  row({ type: 5, custom_id: 'person', placeholder: 'A person' }),
  row({ type: 6, custom_id: 'role', placeholder: 'A role' }),
  row({ type: 7, custom_id: 'anybody', placeholder: 'A person or role' }),
  row({ type: 8, custom_id: 'channel', placeholder: 'A channel', channel_types: [0] }),
];

const button = (style: number, customId: string, label: string, more: object = {}) => ({
  type: 2,
  style,
  custom_id: customId,
  label,
  ...more,
});

export const BUTTONS = [
  row(
    button(1, 'update', 'Update this'),
    button(2, 'say', 'Say it'),
    button(3, 'disabled', 'Not now', { disabled: true }),
    { type: 2, style: 5, label: 'Leads out', url: 'https://example.invalid/' },
  ),
  row(button(1, 'words', 'Open words'), button(4, 'marks', 'Open marks')),
];

const label = (text: string, component: object, more: object = {}) => ({
  type: 18,
  label: text,
  component,
  ...more,
});

/** Two forms with every kind of field; five is the most that one takes. */
export const FORMS = [
  {
    custom_id: 'words',
    title: 'Words',
    components: [
      label('Title', { type: 4, custom_id: 'title', style: 1, min_length: 2, max_length: 20 }),
      label('Story', { type: 4, custom_id: 'story', style: 2, required: false }),
      label('Size', { type: 3, custom_id: 'size', options: SIZES }),
      label('Picture', { type: 19, custom_id: 'picture', max_values: 2, required: false }),
    ],
  },
  {
    custom_id: 'marks',
    title: 'Marks',
    components: [
      label('One of', { type: 21, custom_id: 'one', options: SIZES }, { description: 'Just one' }),
      label('Some of', { type: 22, custom_id: 'some', options: SIZES, max_values: 2 }),
      label('Sure', { type: 23, custom_id: 'sure' }),
      label('Person', { type: 5, custom_id: 'person', required: false }),
    ],
  },
];

export const SPOILER = { name: 'SPOILER_lake.jpg', type: 'image/jpeg', path: FIRST_PHOTO };

/** The files of the V2 message, in the order of `files[n]`. */
export const SHOWN_FILES = [
  { name: 'first.jpg', type: 'image/jpeg', path: FIRST_PHOTO },
  { name: 'last.jpg', type: 'image/jpeg', path: LAST_PHOTO },
  { name: 'notes.txt', type: 'text/plain' },
];

const COMPONENTS_V2 = 1 << 15;

export const V2 = {
  flags: COMPONENTS_V2,
  components: [
    { type: 10, content: '# A heading\nand **bold** words' },
    {
      type: 17,
      accent_color: 0x57_f2_87,
      components: [
        {
          type: 9,
          components: [{ type: 10, content: 'A section with a thumbnail' }],
          accessory: {
            type: 11,
            media: { url: 'attachment://first.jpg' },
            description: 'A lake by day',
          },
        },
        { type: 14, divider: true, spacing: 2 },
        {
          type: 12,
          items: [
            { media: { url: 'attachment://first.jpg' }, description: 'The first frame' },
            {
              media: { url: 'attachment://last.jpg' },
              description: 'The last frame',
              spoiler: true,
            },
          ],
        },
        { type: 13, file: { url: 'attachment://notes.txt' } },
        row(button(2, 'inside', 'Inside')),
      ],
    },
  ],
};
