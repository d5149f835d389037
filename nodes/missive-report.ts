import { expected } from '../src/missive/expected';
import { type Field, list, moment, number, pick, picks, text } from '../src/missive/operations/fields';
import { operation } from '../src/missive/operations/operation';
import { fetchReport } from '../src/missive/operations/report';
import { reportRows } from '../src/missive/operations/report-rows';
import { operationNode } from '../src/runtime/operations/operation-node';

const filters = { section: 'filters' };
const accountTypes = ['custom', 'email', 'instagram', 'live_chat', 'messenger', 'sms', 'whatsapp'];
const patience = 120;

const types = list({
    ...filters,
    label: 'Account types',
    help: `Kinds of accounts: ${accountTypes.join(', ')}.`,
});
const account_types: Field<string[]> = {
    ...types,
    parse(value) {
        const given = types.parse(value);
        if (given.some((each) => !accountTypes.includes(each)))
            throw expected(`a list of ${accountTypes.join(', ')}`, value);
        return given;
    },
};

export default operationNode(
    operation({
        type: 'missive-report',
        label: 'report',
        sign: 'missive-report.svg',
        keywords: 'analytics statistics numbers chart',
        gives: 'the report',
        did: { ready: 'report ready' },
        tells: ['days'],
        summary: 'Asks Missive for an analytics report, waits until it is ready, and gives it.',
        details: [
            'Most reports are ready within seconds. The node looks after 5 seconds, and every 5 seconds from then on.',
            'The numbers of the time asked for are in msg.payload.selected_period, those of the time before it in msg.payload.previous_period. Times in them are seconds.',
        ],
        icons: { start: 'play', end: 'stop', time_zone: 'globe', timeout: 'hourglass-half' },
        resource: 'report',
        method: 'POST',
        path: '/analytics/reports',
        harmless: true,
        envelope: 'reports',
        alsoCalls: ['GET /analytics/reports/{id}'],
        fields: {
            start: moment({
                required: true,
                sample: '2026-11-01',
                label: 'From',
                help: 'Beginning of the report: a date such as 2026-12-01, its midnight in the time zone of this machine; 2026-12-01T00:00:00Z; or Unix seconds.',
            }),
            end: moment({
                required: true,
                sample: '2026-12-01',
                label: 'To',
                help: 'End of the report, in the same forms.',
            }),
            organization: pick('organization', {
                label: 'Organization',
                help: 'The organization that is reported on. Left out: the default organization of the account.',
            }),
            time_zone: text({ label: 'Time zone', help: 'A name such as America/Montreal.' }),
            timeout: number({
                label: 'Wait at most',
                help: `Seconds until the node gives up with an error, 5 at least. Left out: ${patience}.`,
            }),
            teams: picks('team', {
                aims: ['teams'],
                ...filters,
                label: 'Teams',
                help: 'Only these teams. Filters need the Business plan.',
            }),
            users: picks('user', { ...filters, aims: ['users'], label: 'Users', help: 'Only these users.' }),
            accounts: picks('account', {
                ...filters,
                aims: ['accounts'],
                label: 'Accounts',
                help: 'Only these accounts.',
            }),
            shared_labels: picks('shared_label', {
                ...filters,
                aims: ['shared_labels'],
                label: 'Labels',
                help: 'Only these shared labels.',
            }),
            account_types,
        },
        common: ['teams'],
        sections: { filters: 'Filters' },
        settings: {
            give: {
                label: 'Give',
                help: 'The report as Missive has it, for the whole time; or a flat list for a chart or a table, one row a metric and a day: { day, start, metric, value }. Rows take a report for each day, 92 days at most.',
                choices: { report: 'the report', rows: 'rows, one a metric and a day' },
            },
        },
        example: {
            input: {
                start: '2026-11-01T00:00:00Z',
                end: '2026-11-08T00:00:00Z',
                organization: '7c1e0f52-886f-4e3d-af67-614f41edf1df',
            },
            output: {
                start: 1_793_491_200,
                end: 1_794_096_000,
                selected_period: { global: { totals: { metrics: { inbound_count: { v: 412 } } } } },
                previous_period: { global: { totals: { metrics: { inbound_count: { v: 398 } } } } },
            },
        },
        check({ organization, start, end, timeout }) {
            if (!organization)
                return 'Organization (organization) is missing. Fill it in here, or as the default organization of the account.';
            if (Number(start) >= Number(end)) return 'To (end) should be later than From (start).';
            if (typeof timeout === 'number' && timeout < 5)
                return 'Wait at most (timeout) should be 5 seconds or more: no report is read earlier.';
            return undefined;
        },
        run: ({ timeout, ...wanted }, missive, { give }) =>
            (give === 'rows' ? reportRows : fetchReport)(wanted, timeout ?? patience, missive),
    }),
);
