import { type Form, type FormField, fieldTypes } from './card';
import {
    flag,
    isBlank,
    listOf,
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

const option: Reader<{ value: string; label: string }> = (given, at) => {
    if (typeof given !== 'object' || given === null) return { value: value(given, at), label: value(given, at) };
    const { value: own, label } = parts({ value, label: optional(text) })(given, at);
    return { value: own, label: label ?? own };
};

const described = parts({
    name: required(text),
    type: optional(oneOf(fieldTypes)),
    label: optional(text),
    value: (given: unknown) => (isBlank(given) ? undefined : given),
    options: optional(listOf(option)),
    required: flag,
    placeholder: optional(text),
    help: optional(text),
});

const field: Reader<FormField> = (given, at) => {
    const { name, type = 'text', label = name, value: stored, options, ...rest } = described(given, at);
    if (type === 'select' && !options?.length)
        throw wrong(`${at}.options`, 'is missing: a select needs a list of them.');
    if (type !== 'select' && options) throw wrong(`${at}.options`, 'is for a field of the type select.');
    const start = startOf(type, stored, `${at}.value`);
    return {
        ...{ name, type, label, ...rest },
        ...(start === undefined ? {} : { value: start }),
        ...(options ? { options: withValue(options, start) } : {}),
    };
};

function startOf(type: FormField['type'], given: unknown, at: string): FormField['value'] {
    if (type === 'checkbox') return flag(given, at);
    if (given === undefined) return undefined;
    const found = text(given, at);
    if (type === 'number' && !Number.isFinite(Number(found.trim() === '' ? Number.NaN : found)))
        throw wrong(at, 'must be a number.');
    return type === 'number' ? Number(found) : found;
}

/** A value that is none of the options stays what it is: else the browser would choose the first one in its place. */
function withValue(options: NonNullable<FormField['options']>, start: FormField['value']) {
    if (start === undefined || options.some((each) => each.value === start)) return options;
    return [{ value: String(start), label: String(start) }, ...options];
}

const outline = parts({ name: optional(text), fields: required(oneOrMore(field)), submit: optional(text) });

export const form: Reader<Form> = (given, at) => {
    const { name = 'form', fields, ...rest } = outline(record(given, at), at);
    if (fields.length === 0) throw wrong(`${at}.fields`, 'is an empty list.');
    for (const [place, { name: own }] of fields.entries()) {
        if (own === '__proto__') throw wrong(`${at}.fields[${place}].name`, 'cannot be used.');
        if (fields.findIndex((each) => each.name === own) < place)
            throw wrong(`${at}.fields[${place}].name`, 'is there twice.');
    }
    return { name, fields, ...rest };
};
