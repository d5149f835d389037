import { idOf, known } from '../data/known';
import type { Address, Channel, Standing } from '../data/records';

/** What is known about a conversation besides what was said in it. */
export interface Facts {
    readonly team?: string;
    readonly labels?: readonly string[];
    readonly assignee?: string;
    readonly mine?: Partial<Standing>;
    readonly subject?: string;
    readonly personal?: boolean;
    readonly guest?: boolean;
    readonly channel?: Channel;
}

/** One thing that happened in a conversation, so many minutes ago; a draft with negative minutes goes out later. */
export type Line = { readonly id?: string; readonly minutes: number; readonly text: string } & (
    | {
          readonly by: 'them' | 'us' | 'draft';
          readonly who: Address;
          readonly subject: string;
          readonly messageId?: string;
          readonly files?: readonly (readonly [filename: string, text: string])[];
      }
    | { readonly by: 'comment' }
    | { readonly by: 'post'; readonly content: Readonly<Record<string, unknown>> }
    | { readonly by: 'task'; readonly assignee: string; readonly done?: boolean }
);

interface Chapter {
    readonly id: string;
    readonly facts: Facts;
    readonly lines: readonly Line[];
}

const tom = { name: 'Tom Reyes', address: 'tom@trailclub.example' };
const marta = { name: 'Marta Okafor', address: 'marta@harborbikes.example' };
const leonor = { name: 'Leonor Vaz', address: 'leonor.vaz@post.example' };
const hugo = { name: 'Hugo Brandt', address: 'hugo@brandt-wheels.example' };
const fork = 'Spare part for a gravel fork';

/** What lies in the inbox of Harbor Bikes at the beginning. */
export const story: readonly Chapter[] = [
    {
        id: '9a4b6d1e-0c2f-4a86-8d0a-6d6b3a2f1c55',
        facts: { team: known.workshop, labels: [known.parts] },
        lines: [
            {
                ...{ by: 'them', minutes: 190, who: tom, subject: fork, messageId: '<c1@trailclub.example>' },
                id: '51d079a4-57c9-4576-a97c-cae0cd324467',
                text: 'Hi, is the F-220 fork available in black?\nMine has a crack near the crown and the club ride is on Sunday.\n\nTom',
                files: [['crack.txt', 'A photograph would be here.']],
            },
            {
                ...{ by: 'comment', minutes: 160, text: '@Ines can you quote this?' },
                id: '4f1ccfb7-ec63-4e51-aa41-5f95da627b92',
            },
            {
                ...{ by: 'post', minutes: 150, text: '', id: 'd91e6bea-c857-41f5-a2e5-133f466eb2bb' },
                content: {
                    username: 'Stock bot',
                    notification: { title: 'Stock', body: 'Fork back in stock' },
                    attachments: [{ title: 'SKU F-220', color: 'good', text: '14 units' }],
                },
            },
            {
                by: 'us',
                minutes: 120,
                who: tom,
                subject: `Re: ${fork}`,
                text: 'Hi Tom, 14 of them arrived today.\n\nInes',
            },
            {
                by: 'them',
                minutes: 12,
                who: tom,
                subject: `Re: ${fork}`,
                text: 'Great, please put one aside. What does it cost?',
            },
        ],
    },
    {
        id: '6b0e2f0c-eabc-4990-a4da-663226959724',
        facts: { team: idOf('Sales'), labels: [known.shop], assignee: known.ines, subject: 'Order 2291' },
        lines: [
            {
                by: 'them',
                minutes: 300,
                who: marta,
                subject: 'Order 2291',
                text: 'Could you add two inner tubes to order 2291?',
            },
            { by: 'task', minutes: 290, text: 'Add two tubes to order 2291', assignee: known.ines },
            {
                ...{ by: 'draft', minutes: -1440, who: marta, subject: 'Re: Order 2291' },
                text: 'Good morning Marta, your order leaves today.\n\nInes',
            },
        ],
    },
    {
        id: idOf('conversation service'),
        facts: { team: known.workshop, labels: [idOf('Service')], assignee: known.rui },
        lines: [
            {
                ...{ by: 'them', minutes: 75, who: leonor, subject: 'Service appointment on Thursday?' },
                text: 'Hello, is there a free slot on Thursday? The rear brake squeals terribly.',
            },
            { by: 'comment', minutes: 60, text: 'Thursday at 11 is free.' },
        ],
    },
    {
        id: idOf('conversation sms'),
        facts: { team: known.workshop, channel: 'sms' },
        lines: [
            {
                ...{ by: 'them', minutes: 45, subject: '', text: 'Is my bike ready?' },
                id: '8e552ac4-62b0-4e2d-a1b4-77c2d0789908',
                who: { phone_number: '+351910000001' },
            },
        ],
    },
    {
        id: idOf('conversation whatsapp'),
        facts: { team: idOf('Sales'), channel: 'whatsapp' },
        lines: [
            {
                ...{ by: 'them', minutes: 95, subject: '', text: 'Olá! Can I leave my bike with you on Saturday?' },
                // WhatsApp's own id of a person: it need not be a number.
                who: { id: 'PT.1587432091', username: null, name: 'Beatriz Lemos' },
            },
        ],
    },
    {
        id: idOf('conversation chat'),
        facts: { channel: 'custom_text' },
        lines: [
            {
                ...{ by: 'them', minutes: 400, subject: '', text: 'Do you rent cargo bikes for a weekend?' },
                who: { id: 'u-77', username: '@tom', name: 'Tom' },
            },
        ],
    },
    {
        id: idOf('conversation quote'),
        facts: { team: idOf('Sales'), mine: { flagged: true } },
        lines: [
            {
                ...{ by: 'them', minutes: 1500, who: hugo, subject: 'Wheel sets for autumn' },
                text: 'We have 40 wheel sets left from the summer. Interested at 15 % off?',
            },
            {
                by: 'draft',
                minutes: 9,
                who: hugo,
                subject: 'Re: Wheel sets for autumn',
                text: 'Hello Hugo, we would take 12.',
            },
        ],
    },
    {
        id: idOf('conversation thanks'),
        facts: { team: known.workshop, mine: { closed: true, inbox: false } },
        lines: [
            {
                by: 'them',
                minutes: 2900,
                who: leonor,
                subject: 'Thank you!',
                text: 'The bike runs like new. Thank you all!',
            },
            { by: 'task', minutes: 2890, text: 'Ask Leonor for a review', assignee: known.rui, done: true },
        ],
    },
    {
        id: idOf('conversation invoice'),
        facts: { team: idOf('Sales'), mine: { closed: true, inbox: false } },
        lines: [
            {
                ...{
                    by: 'them',
                    minutes: 4300,
                    who: hugo,
                    subject: 'Invoice 2026-118',
                    text: 'Please find our invoice attached.',
                },
                files: [['invoice-2026-118.csv', 'item,amount\nrims,480.00\n']],
            },
        ],
    },
    {
        id: idOf('conversation private'),
        facts: { personal: true },
        lines: [
            {
                ...{
                    by: 'them',
                    minutes: 800,
                    subject: 'Ferry tickets',
                    text: 'Your tickets for Saturday are attached.',
                },
                who: { name: 'Harbor Ferries', address: 'tickets@ferries.example' },
            },
        ],
    },
    {
        id: idOf('conversation guest'),
        facts: { guest: true, mine: { inbox: false } },
        lines: [
            {
                ...{ by: 'them', minutes: 6000, subject: 'Bookkeeping', text: 'For the accountant.' },
                who: { name: 'Accounts', address: 'accounts@ledger.example' },
            },
        ],
    },
];
