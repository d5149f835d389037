import { language } from './words.js';

/** Believable people and what they write; addresses are of the reserved kind that can never exist. */
const people = [
    ['Nadia Ferreira', 'nadia.ferreira@mail.example'],
    ['Oskar Lind', 'oskar@lind-touring.example'],
    ['Amara Nwosu', 'amara.nwosu@post.example'],
    ['Jules Perrin', 'jules@ateliervelo.example'],
    ['Priya Raman', 'priya.raman@mail.example'],
    ['Bruno Teixeira', 'bruno@porto-couriers.example'],
];

const letters = {
    en: [
        [
            'Wobbly rear wheel',
            'Hello,\n\nmy rear wheel wobbles since the last ride. Can I bring it by this week?\n\nThank you!',
        ],
        [
            'Quote for six city bikes',
            'Good morning,\n\nwe are looking for six city bikes for our office. Could you send a quote by Friday?',
        ],
        [
            'Where is my order?',
            'Hi, I ordered brake pads nine days ago and have not heard anything. Could you have a look?',
        ],
        [
            'Child seat for a cargo bike',
            'Do you have a child seat that fits the Longtail 500? We would need it before the holidays.',
        ],
        [
            'Invoice with the wrong address',
            'Hello, the last invoice shows our old address. Could you send a corrected one?',
        ],
        ['Can I change my appointment?', 'Hi! Something came up on Thursday. Is Friday morning possible instead?'],
    ],
    fr: [
        [
            'Roue arrière voilée',
            'Bonjour,\n\nma roue arrière est voilée depuis la dernière sortie. Puis-je passer cette semaine ?\n\nMerci !',
        ],
        [
            'Devis pour six vélos de ville',
            'Bonjour,\n\nnous cherchons six vélos de ville pour nos bureaux. Un devis avant vendredi serait-il possible ?',
        ],
        [
            'Où est ma commande ?',
            "Bonjour, j'ai commandé des plaquettes il y a neuf jours et je n'ai pas de nouvelles. Pouvez-vous regarder ?",
        ],
        [
            'Siège enfant pour vélo cargo',
            'Avez-vous un siège enfant pour le Longtail 500 ? Il nous le faudrait avant les vacances.',
        ],
        [
            'Facture à la mauvaise adresse',
            'Bonjour, la dernière facture porte notre ancienne adresse. Pouvez-vous la corriger ?',
        ],
        ['Changer mon rendez-vous', 'Bonjour ! Jeudi ne me convient plus. Vendredi matin serait-il possible ?'],
    ],
};

const replies = {
    en: [
        'Thanks for the quick answer! That works for me.',
        'One more question: do you also do that on Saturdays?',
        'Any news on this?',
    ],
    fr: [
        'Merci pour la réponse rapide ! Cela me convient.',
        'Encore une question : aussi le samedi ?',
        'Des nouvelles ?',
    ],
};

const remarks = {
    en: [
        '@Ines can you take this one?',
        'I know this customer, I will call her.',
        'The part is on its way, Thursday at the latest.',
    ],
    fr: [
        "@Ines tu peux t'en occuper ?",
        'Je connais cette cliente, je vais l’appeler.',
        'La pièce arrive jeudi au plus tard.',
    ],
};

let turn = Math.floor(Math.random() * 600);
const next = (rows) => {
    turn += 1;
    return rows[turn % rows.length];
};

/** A customer and a letter, another one each time. */
export function letter() {
    const [name, address] = next(people);
    const [subject, body] = next(letters[language]);
    return { name, address, subject, body };
}

export const reply = () => next(replies[language]);
export const remark = () => next(remarks[language]);

/** A page with these lines, as a PDF. */
const pdf = (lines) => {
    const stream = `BT /F1 14 Tf 72 760 Td 20 TL\n${lines.map((line) => `(${line}) Tj T*`).join('\n')}\nET`;
    return [
        '%PDF-1.4',
        '1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj',
        '2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj',
        '3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >> endobj',
        `4 0 obj << /Length ${stream.length} >>\nstream\n${stream}\nendstream endobj`,
        '5 0 obj << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> endobj',
        'trailer << /Size 6 /Root 1 0 R >>',
        '%%EOF',
    ].join('\n');
};

/** Files that a customer may send: a picture of one point, and papers that a flow can read. */
export const enclosures = () => [
    {
        filename: 'crack.png',
        base64_data: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYPhfDwACAgF/7wq0XgAAAABJRU5ErkJggg==',
    },
    ...papers[language].map(([filename, ...lines]) => ({
        filename,
        base64_data: btoa(filename.endsWith('.pdf') ? pdf(lines) : lines.join('\n')),
    })),
];

const papers = {
    en: [
        ['2026-204.pdf', 'Invoice 2026-204', 'Two wheel sets, 960.00'],
        ['2291.txt', 'Order 2291', 'Six inner tubes, please.'],
        ['letter.pdf', 'Complaint', 'The brakes of order 2291 squeal again.'],
        ['notes.txt', 'Nothing that a flow would know.'],
    ],
    fr: [
        ['2026-204.pdf', 'Facture 2026-204', 'Deux paires de roues, 960.00'],
        ['2291.txt', 'Commande 2291', 'Six chambres, merci.'],
        ['lettre.pdf', 'Plainte', 'Les freins de la commande 2291 grincent encore.'],
        ['notes.txt', 'Rien que le flux connaisse.'],
    ],
};
