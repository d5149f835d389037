import { member } from '../operations/family';
import { choice, flag, pick, picks, text } from '../operations/fields';
import { hexColor, organization, share_with_team } from './saved-fields';
import { checkSaving, isChange } from './saving';

/** A shared label, created or changed (missive-api §6.10). Missive refuses an organization in a change. */
export const savedLabel = member({
    title: 'shared label',
    ...{ resource: 'shared_label', method: 'POST', path: '/shared_labels', envelope: 'shared_labels' },
    ...{ wrap: 'list', omits: ['id'] },
    change: { method: 'PATCH', path: '/shared_labels/{id}', wrap: 'each', omits: ['organization'] },
    fields: {
        id: picks('shared_label', {
            aims: ['id'],
            label: 'Which label',
            help: 'The label to change, or several, with commas between their ids. Left out: a new label is created.',
        }),
        name: text({ label: 'Label name', help: 'Required for a new label.' }),
        organization,
        color: hexColor,
        parent: pick('shared_label', { label: 'Parent', help: 'The label that it lies in.' }),
        share_with_organization: flag({
            label: 'Share with all',
            help: 'Whether everyone in the organization may use it. For administrators.',
        }),
        share_with_team,
        share_with_users: picks('user', { label: 'Share with users', help: 'Who may use it. For administrators.' }),
        visibility: choice(['organization', 'delegates'], {
            label: 'Visibility',
            help: 'Who sees it. For administrators.',
        }),
    },
    common: ['name', 'color'],
    example: {
        input: { name: 'Warranty', organization: '7c1e0f52-886f-4e3d-af67-614f41edf1df', color: '#b4552d' },
        output: {
            id: 'b1d21975-ac67-4dea-af96-685e5544656f',
            name: 'Warranty',
            name_with_parent_names: 'Warranty',
            color: '#b4552d',
            organization: '7c1e0f52-886f-4e3d-af67-614f41edf1df',
        },
    },
    takesDefault: (input) => !isChange(input),
    check(input) {
        if (isChange(input)) {
            const { organization: _, ...changes } = input;
            return checkSaving(changes);
        }
        if (!input.name?.trim()) return 'Label name (name) is missing: a new label needs one.';
        return input.organization
            ? undefined
            : 'Organization (organization) is missing: a new label needs one. Fill it in here, or as the default organization of the account.';
    },
});
