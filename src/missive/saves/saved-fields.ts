import { expected } from '../expected';
import { type Field, pick, text } from '../operations/fields';

/** Rows of the form that labels, teams and responses share. */
export const organization = pick('organization', {
    label: 'Organization',
    help: 'The organization that it belongs to. Left out when something is created: the default organization of the account.',
});

export const share_with_team = pick('team', {
    label: 'Share with team',
    help: 'The team that may use it. A response needs its organization for that.',
});

/** Missive takes the three words of a conversation's colour nowhere else. */
export const hexColor: Field<string> = {
    ...text({ label: 'Colour', help: 'A hex code such as #2266ed.' }),
    parse(value) {
        if (typeof value !== 'string' || !/^#([\da-f]{3}|[\da-f]{6})$/i.test(value))
            throw expected('a hex colour such as #2266ed', value);
        return value;
    },
};
