/** What the page and the card say by themselves, once per language. `{…}` is filled in. */
export const words = {
    en: {
        loading: 'Loading…',
        drawn: 'Card of {what}',
        none: 'Open a conversation to see its card.',
        many: '{n} conversations are selected. Select one to see its card.',
        empty: 'Nothing to show for this conversation.',
        lost: 'Node-RED cannot be reached.',
        refused:
            'This address is no longer good. Copy it anew from the node “sidebar in”, into the integration in Missive.',
        busy: 'Node-RED is busy. Trying again…',
        broken: 'Missive did not tell which conversation this is.',
        unsure: 'It may have been done all the same: look before you do it again.',
        again: 'Try again',
        showCard: 'Show the card',
        fresh: 'There is something new.',
        show: 'Show it',
        people: 'People in this conversation',
        copy: 'Copy',
        copied: 'Copied',
        copyOf: 'Copy {what}',
        send: 'Send',
        cancel: 'Cancel',
        sure: '{what}: are you sure?',
        choose: 'Choose…',
        required: 'required',
        outside:
            'This page belongs into Missive: Settings → Integrations → Add integration → Custom, with this address as iFrame URL.',
        framed: 'Missive’s script could not be loaded. Check the connection, then load the page again.',
        preview: 'Preview with practice data',
        would: 'In Missive this would happen now: {what}.',
        elsewhere: 'Nothing was done: another conversation is open now.',
        failed: 'Missive did not do it: {what}',
        unknown: 'This page does not know how to do “{what}”: load it again.',
    },
    fr: {
        loading: 'Chargement…',
        drawn: 'Fiche de {what}',
        none: 'Ouvrez une conversation pour voir sa fiche.',
        many: '{n} conversations sont sélectionnées. Sélectionnez-en une pour voir sa fiche.',
        empty: 'Rien à afficher pour cette conversation.',
        lost: 'Node-RED est injoignable.',
        refused:
            'Cette adresse n’est plus valable. Copiez-la de nouveau depuis le nœud « sidebar in », dans l’intégration de Missive.',
        busy: 'Node-RED est occupé. Nouvel essai…',
        broken: 'Missive n’a pas dit de quelle conversation il s’agit.',
        unsure: 'C’est peut-être fait malgré tout : vérifiez avant de recommencer.',
        again: 'Réessayer',
        showCard: 'Afficher la fiche',
        fresh: 'Il y a du nouveau.',
        show: 'Afficher',
        people: 'Personnes de cette conversation',
        copy: 'Copier',
        copied: 'Copié',
        copyOf: 'Copier {what}',
        send: 'Envoyer',
        cancel: 'Annuler',
        sure: '{what} : en êtes-vous sûr ?',
        choose: 'Choisir…',
        required: 'obligatoire',
        outside:
            'Cette page a sa place dans Missive : Réglages → Intégrations → Ajouter → Personnalisée, avec cette adresse comme URL de l’iFrame.',
        framed: 'Le script de Missive n’a pas pu être chargé. Vérifiez la connexion, puis rechargez la page.',
        preview: 'Aperçu avec des données d’entraînement',
        would: 'Dans Missive, ceci se produirait : {what}.',
        elsewhere: 'Rien n’a été fait : une autre conversation est ouverte.',
        failed: 'Missive ne l’a pas fait : {what}',
        unknown: 'Cette page ne sait pas faire « {what} » : rechargez-la.',
    },
};

/** Gives `say(key, values)` in a language such as `fr` or `fr-CA`; any other is English. */
export const speaker =
    (language) =>
    (key, values = {}) =>
        words[/^fr\b/i.test(language ?? '') ? 'fr' : 'en'][key].replace(/\{(\w+)\}/g, (_, name) =>
            textOf(values[name]),
        );

/** Any value as text. */
export function textOf(value) {
    if (value === null || value === undefined) return '';
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
