import type { Kind } from '../model';

/** Outlines on a square of 16 by 16, drawn with a line of 1.4. */
const DISK =
  'M3 4.2C3 2.9 5.2 2 8 2s5 .9 5 2.2-2.2 2.2-5 2.2-5-.9-5-2.2v7.6C3 13.1 5.2 14 8 14s5-.9 5-2.2V4.2M3 8c0 1.3 2.2 2.2 5 2.2S13 9.3 13 8';
const PERSON = 'M8 8a2.8 2.8 0 1 0 0-5.6A2.8 2.8 0 0 0 8 8ZM2.6 14c.5-2.8 2.6-4.2 5.4-4.2s4.9 1.4 5.4 4.2';
const LAYERS = 'M8 2 14 5 8 8 2 5ZM2 8l6 3 6-3M2 11l6 3 6-3';
const NODE = 'M2.5 4.5h11v7h-11ZM5 14h6M8 11.5V14';

export const ICONS: Readonly<Record<Kind, string>> = {
  people: PERSON,
  anyone: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM2 8h12M8 2c2 1.7 2.8 3.7 2.8 6S10 12.3 8 14c-2-1.7-2.8-3.7-2.8-6S6 3.7 8 2Z',
  workload: NODE,
  pipeline:
    'M4 5.6a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6ZM4 14a1.8 1.8 0 1 0 0-3.6A1.8 1.8 0 0 0 4 14ZM12 9.8a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6ZM4 5.6v4.8M10.2 8H7.5C5.5 8 4 7 4 5.6',
  account:
    'M2.5 3.5h11v9h-11ZM6 8.2a1.4 1.4 0 1 0 0-2.8 1.4 1.4 0 0 0 0 2.8ZM3.9 10.9c.3-1.3 1.1-1.9 2.1-1.9s1.8.6 2.1 1.9M10 6.5h2M10 9h2',
  door: 'M8 2v12M8 5H3.5L2 6.5 3.5 8H8M8 8h4.5L14 9.5 12.5 11H8',
  service: 'M5 4 2 8l3 4M11 4l3 4-3 4M9 3 7 13',
  job: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 4.5V8l2.5 1.5',
  endpoint: 'M8 2.5l1.5 4 4 1.5-4 1.5-1.5 4-1.5-4-4-1.5 4-1.5Z',
  models: 'M8 2.5l1.5 4 4 1.5-4 1.5-1.5 4-1.5-4-4-1.5 4-1.5Z',
  database: DISK,
  cache: LAYERS,
  storage: 'M2.5 5 3.7 13.5h8.6L13.5 5ZM2 3h12v2H2Z',
  secret: 'M3.5 7h9v7h-9ZM5.5 7V4.8a2.5 2.5 0 0 1 5 0V7M8 9.8v1.7',
  key: 'M5 11.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM8 8.5h6v2.5M11.5 8.5v2',
  network: 'M6 2h4v3.5H6ZM2 10.5h4V14H2ZM10 10.5h4V14h-4ZM8 5.5V8M4 10.5V8h8v2.5',
  images: 'M8 2l5.5 3v6L8 14l-5.5-3V5ZM2.5 5 8 8l5.5-3M8 8v6',
  registry: 'M8 2l5.5 3v6L8 14l-5.5-3V5ZM2.5 5 8 8l5.5-3M8 8v6',
  cluster: 'M8 2l5.2 3v6L8 14l-5.2-3V5ZM8 5.8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4Z',
  pool: 'M8 1.8 13.5 4v4c0 3-2.3 5-5.5 6.2C4.8 13 2.5 11 2.5 8V4ZM5.5 8l1.8 1.8L10.5 6',
  rest: 'M3 4h10M3 8h10M3 12h10',
};
