/** What the editor is answered. */
export const editor: Readonly<Record<string, string>> = {
    'There is no preview of {1}.': 'Il n’y a pas d’aperçu de {1}.',
    'Nothing leaves.': 'Rien ne part.',
    'The variable {1} cannot be known before the flow runs':
        'La variable {1} ne peut pas être connue avant que le flux ne tourne',
    'The variable {1} is not the same in all instances of the subflow':
        'La variable {1} n’est pas la même dans toutes les instances du sous-flux',
    'This account is not deployed.': 'Ce compte n’est pas déployé.',
    'Missive has no such list.': 'Missive n’a pas cette liste.',
    'The list could not be loaded.': 'La liste n’a pas pu être chargée.',
    'The address answered {1}, but not as Missive does.': 'L’adresse a répondu {1}, mais pas comme Missive.',
    'The token that is stored is not sent to another address. Type the token again.':
        'Le jeton enregistré n’est pas envoyé à une autre adresse. Saisissez à nouveau le jeton.',
    'The editor has this path, so no webhook can come in here: give webhook in another one.':
        'L’éditeur utilise ce chemin, aucun webhook ne peut donc y arriver : donnez-en un autre à « webhook entrant ».',
    'Send JSON, with the content type application/json.': 'Envoyez du JSON, avec le type de contenu application/json.',
    'The body must be a JSON object.': 'Le corps doit être un objet JSON.',
    'The body is larger than 1 MB.': 'Le corps dépasse 1 Mo.',
    'The body is not valid JSON.': 'Le corps n’est pas du JSON valide.',
    'This event is no longer kept.': 'Cet événement n’est plus gardé.',
    'This account does not run: deploy it first.': 'Ce compte ne tourne pas : déployez-le d’abord.',
    'Name the node.': 'Nommez le nœud.',
    'This event is no longer in memory.': 'Cet événement n’est plus en mémoire.',
    'This event is no longer pinned.': 'Cet événement n’est plus épinglé.',
    'The body of this event is no JSON object: the flow never had it.':
        'Le corps de cet événement n’est pas un objet JSON : le flux ne l’a jamais eu.',
    'This call is no longer in memory.': 'Cet appel n’est plus en mémoire.',
    'Only what reads is repeated.': 'Seul ce qui lit est répété.',
    'The account of this call is gone.': 'Le compte de cet appel n’existe plus.',
    'This webhook in does not run: deploy it first.': 'Ce webhook entrant ne tourne pas : déployez-le d’abord.',
    'The event could not enter the flow.': 'L’événement n’a pas pu entrer dans le flux.',
};
