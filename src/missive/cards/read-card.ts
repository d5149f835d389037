import { parsed, written } from '../json';
import { blocksOf } from './blocks';
import { type Badge, type Button, type Card, type Effect, type Row, tones } from './card';
import { effectReader, type Permission } from './effects';
import { form } from './form';
import { imageLink, link } from './link';
import {
    isBlank,
    number,
    oneOf,
    oneOrMore,
    optional,
    parts,
    type Reader,
    record,
    required,
    text,
    value,
    wrong,
} from './reader';
import { table } from './table';

/** Bytes of a card as JSON, and of what it keeps. */
export const largestCard = 256 * 1024;
export const largestKeep = 64 * 1024;

const tone = optional(oneOf(tones));

const badge: Reader<Omit<Badge, 'tone'> & Partial<Badge>> = (given, at) =>
    typeof given === 'object' ? parts({ text: required(text), tone })(given, at) : { text: text(given, at) };

const image: Reader<{ url: string; alt: string }> = (given, at) =>
    typeof given === 'string'
        ? { url: imageLink(given, at), alt: '' }
        : parts({ url: required(imageLink), alt: value })(given, at);

const described = parts({
    label: required(text),
    value,
    url: optional(link),
    copy: (given: unknown) => given,
    tone,
});

const row: Reader<Row> = (given, at) => {
    const { copy, ...rest } = described(given, at);
    // `true` copies what is shown.
    if (copy === true || copy === 'true') return rest.value === '' ? rest : { ...rest, copy: rest.value };
    return isBlank(copy) || copy === false || copy === 'false' ? rest : { ...rest, copy: text(copy, `${at}.copy`) };
};

const confirmed: Reader<string | true | undefined> = (given, at) => {
    if (isBlank(given) || given === false) return undefined;
    return given === true ? true : text(given, at);
};

const buttonReader = (effect: Reader<Effect>): Reader<Button> => {
    const outline = parts({
        label: required(text),
        action: optional(text),
        url: optional(link),
        effect: optional(oneOrMore(effect)),
        effects: optional(oneOrMore(effect)),
        confirm: confirmed,
        tone,
    });
    return (given, at) => {
        const { effect: single, effects: several, tone: chosen = 'neutral', ...rest } = outline(given, at);
        if (single && several) throw wrong(`${at}.effects`, 'and effect are both there: give one of them.');
        const effects = single ?? several;
        if (!rest.action && !rest.url && !effects)
            throw wrong(at, 'does nothing: give it an action, a url or an effect.');
        return { ...rest, ...(effects ? { effects } : {}), tone: chosen };
    };
};

const keep: Reader<unknown> = (given, at) => {
    const json = written(given);
    if (json === undefined) throw wrong(at, 'cannot be written as JSON.');
    if (Buffer.byteLength(json) > largestKeep) throw wrong(at, 'is larger than 64 kB.');
    return parsed(json);
};

/**
 * The card of a flow, checked, with nothing in it that is not understood; throws `ERR_MISSIVE_INPUT` that names the place.
 * `at` is how errors call the card.
 */
export async function readCard(given: unknown, permission: Permission, at = 'card'): Promise<Card> {
    const card = record(typeof given === 'string' ? parsed(given) : given, at);
    const { text: markdown, badge: label, ...rest } = outlineOf(permission)(card, at);
    const drawn: Card = {
        ...rest,
        ...(label ? { badge: { ...label, tone: label.tone ?? rest.tone ?? 'neutral' } } : {}),
        ...(markdown === undefined ? {} : { text: await blocksOf(markdown, `${at}.text`) }),
    };
    if (Buffer.byteLength(JSON.stringify(drawn)) > largestCard)
        throw wrong(at, 'is larger than 256 kB. Show less of it, or lead to the rest by a link.');
    return drawn;
}

const outlineOf = (permission: Permission) => {
    const effect = effectReader(permission);
    return parts({
        title: optional(text),
        subtitle: optional(text),
        badge: optional(badge),
        tone,
        text: optional(shortText),
        image: optional(image),
        rows: optional(oneOrMore(row)),
        table: optional(table),
        links: optional(oneOrMore(parts({ label: required(text), url: required(link) }))),
        buttons: optional(oneOrMore(buttonReader(effect))),
        form: optional(form),
        effects: optional(oneOrMore(effect)),
        refresh: optional(seconds),
        keep: optional(keep),
    });
};

/** Measured before it is parsed, which takes a while. */
const shortText: Reader<string> = (given, at) => {
    const found = text(given, at);
    if (found.length > largestCard) throw wrong(at, 'is larger than 256 kB.');
    return found;
};

/** 0 is never. */
const seconds: Reader<number | undefined> = (given, at) =>
    given === 0 || given === '0' ? undefined : number(1, 86_400)(given, at);
