import { english, type Words } from './words-en';
import { french } from './words-fr';

/** The languages that ship; the first is the one that declarations are written in. */
export const languages = ['en-US', 'fr'] as const;
export type Language = (typeof languages)[number];

/** The words that all nodes have in common, in each language. */
export const words: Readonly<Record<Language, Words>> = { 'en-US': english, fr: french };
