/** What the page is told in sentences, in the language of whoever reads it. */
const sentences = {
    en: {
        late: 'No answer from the flow.',
        restarted: 'The flow was changed meanwhile.',
        left: 'No answer from the flow.',
        notSeen: 'The account of this sidebar cannot see the conversation.',
        noAnswer: 'Missive did not answer, so the conversation could not be checked.',
        forbidden: 'This address is not complete, or its key was changed. Copy it anew from the sidebar in node.',
        noScript: 'This page needs JavaScript.',
    },
    fr: {
        late: 'Le flux n’a pas répondu.',
        restarted: 'Le flux a été modifié entre-temps.',
        left: 'Le flux n’a pas répondu.',
        notSeen: 'Le compte de cette barre latérale ne voit pas la conversation.',
        noAnswer: 'Missive n’a pas répondu : la conversation n’a pas pu être vérifiée.',
        forbidden:
            'Cette adresse est incomplète, ou sa clé a été changée. Copiez-la à nouveau depuis le nœud barre latérale entrante.',
        noScript: 'Cette page a besoin de JavaScript.',
    },
} as const;

export type Language = keyof typeof sentences;
export type Sentence = keyof (typeof sentences)['en'];

/** The language of a browser: the first one that it names. */
export const languageOf = (accepted: string | undefined): Language => (/^\s*fr\b/i.test(accepted ?? '') ? 'fr' : 'en');

export const say = (language: Language, sentence: Sentence): string => sentences[language][sentence];
