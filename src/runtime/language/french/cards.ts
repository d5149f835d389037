/** The card of a sidebar: what is wrong in it, and why it reaches no page. */
export const cards: Readonly<Record<string, string>> = {
    'is missing.': ': il manque une valeur.',
    'is blank.': ': vide.',
    'cannot be read': ': illisible',
    'must be text, not {1}.': ': il faut du texte, et non {1}.',
    'must be true or false.': ': il faut true ou false.',
    'must be one of: {1}.': ': il faut l’une de ces valeurs : {1}.',
    'must be a number.': ': il faut un nombre.',
    'must be a number from {1} to {2}.': ': il faut un nombre de {1} à {2}.',
    'must be a list, not {1}.': ': il faut une liste, et non {1}.',
    'must be an object, not {1}.': ': il faut un objet, et non {1}.',
    'is not understood. There is: {1}.': ': non compris. Il y a : {1}.',
    'must be an address that begins with https, http, mailto, tel or missive.':
        ': il faut une adresse qui commence par https, http, mailto, tel ou missive.',
    'must be an address that begins with https.': ': il faut une adresse qui commence par https.',
    'is nested too deeply for Markdown.': ': trop imbriqué pour du Markdown.',
    'must be the id of a conversation.': ': il faut l’identifiant d’une conversation.',
    'must be a colour such as #2266ed.': ': il faut une couleur comme #2266ed.',
    'would send the message at once, which this node may not: switch “may send” on.':
        ': enverrait le message aussitôt, ce que ce nœud n’a pas le droit de faire ; activez « peut envoyer ».',
    'and {1} are both there: give one of them.': 'et {1} sont là tous les deux : donnez-en un.',
    'is no effect. There is: {1}.': ': ce n’est pas un effet. Il y a : {1}.',
    'does not belong into mailto, or is there twice.': ': n’a rien à faire dans mailto, ou y est deux fois.',
    'is missing: a select needs a list of them.': ': manque ; un select a besoin d’une liste.',
    'is for a field of the type select.': ': ne va qu’avec un champ du type select.',
    'is an empty list.': ': liste vide.',
    'cannot be used.': ': inutilisable.',
    'is there twice.': ': présent deux fois.',
    'does nothing: give it an action, a url or an effect.': ': ne fait rien ; donnez une action, une url ou un effect.',
    'cannot be written as JSON.': ': ne peut pas être écrit en JSON.',
    'is larger than {1} kB.': ': dépasse {1} ko.',
    'is larger than 64 kB.': ': dépasse 64 ko.',
    'is larger than 256 kB.': ': dépasse 256 ko.',
    'is larger than 256 kB. Show less of it, or lead to the rest by a link.':
        ': dépasse 256 ko. Montrez-en moins, ou menez au reste par un lien.',
    'There is nothing to draw: none of the parts of a card has a value, from title to effects.':
        'Il n’y a rien à dessiner : aucune partie de la carte n’a de valeur, de title à effects.',
    'The message belongs to no sidebar: it has neither msg.missive.sidebar nor msg.missive.conversation. Pass on the message of sidebar in.':
        'Le message n’appartient à aucune barre latérale : il n’a ni msg.missive.sidebar ni msg.missive.conversation. Transmettez le message de « barre latérale entrante ».',
    'The effect {1} cannot be pushed: every page that shows the conversation would do it again. Answer an event of sidebar in with it.':
        'L’effet {1} ne peut pas être poussé : chaque page qui montre la conversation le referait. Donnez-le en réponse à un événement de « barre latérale entrante ».',
    'msg.missive.sidebar is unknown: it names no request of a page, or Node-RED was started anew since. The page offers to try again.':
        'msg.missive.sidebar est inconnu : il ne désigne aucune demande d’une page, ou Node-RED a redémarré depuis. La page propose de réessayer.',
    'The card is late: the sidebar has waited for it and offers to try again. Give it an earlier card, or let sidebar in wait longer.':
        'La carte est en retard : la barre latérale l’a attendue et propose de réessayer. Donnez une carte plus tôt, ou laissez « barre latérale entrante » attendre plus longtemps.',
    'The card is late: the sidebar in node was deployed anew since it sent the message. The page offers to try again.':
        'La carte est en retard : le nœud « barre latérale entrante » a été redéployé depuis qu’il a envoyé le message. La page propose de réessayer.',
    'The card is late: the page was closed, or shows another conversation by now.':
        'La carte est en retard : la page a été fermée, ou montre maintenant une autre conversation.',
    'msg.missive.sidebar is repeated: the request has its card, and the page has gone on to something else since.':
        'msg.missive.sidebar est répété : la demande a sa carte, et la page est passée à autre chose depuis.',
    'A button of the card sends a message by itself, past the account’s guard. Give it an action, and answer that with the effect.':
        'Un bouton de la carte envoie un message de lui-même, sans passer par le garde-fou du compte. Donnez-lui une action, et répondez-y par l’effet.',
    'Not done: {1}. The account writes nothing to Missive.': 'Non fait : {1}. Le compte n’écrit rien dans Missive.',
};
