/** Names, canned responses, and what a text is made of. */
export const content: Readonly<Record<string, string>> = {
    '{1}: {2} is the name of {3} {4}s: {5}. Give the id, or a name that only one has.':
        '{1} : {2} est le nom de {3} entrées ({4}) : {5}. Donnez l’identifiant, ou un nom unique.',
    '{1}: Missive has no {2} called {3}. {4}': '{1} : {3} n’est pas dans Missive ({2}). {4}',
    'There is none.': 'La liste est vide.',
    'There are: {1}.': 'Il y a : {1}.',

    'Response (response) names no canned response that the token may see.':
        'Réponse type (response) ne désigne aucune réponse type que le jeton peut voir.',
    'Response (response): {1} canned {2} called {3}.': 'Réponse type (response) : {1} {2} du nom {3}.',
    '{1} Name one by its id instead: {2}.': '{1} Désignez-en une par son identifiant : {2}.',
    'The token sees none at all: write one in Missive, or set Response to “not set” if the text is your own.':
        'Le jeton n’en voit aucune : écrivez-en une dans Missive, ou mettez Réponse type sur « non défini » si le texte est le vôtre.',
    'There are {1}{2}. Set Response to “not set” if none is meant.':
        'Il y a {1}{2}. Mettez Réponse type sur « non défini » si vous n’en voulez aucune.',
    'The response “{1}” ({2}) {3}.': 'La réponse « {1} » ({2}){3}.',
    'Values (values) {1}.': 'Valeurs (values){1}.',
    '{1} cannot be filled: {2}. Correct the canned response in Missive.':
        '{1} ne peut pas être rempli : {2}. Corrigez la réponse type dans Missive.',
    "{1} has {2} without a value: {3}. Give Values (values) a text or number {4}, or write a default into the canned response, such as {{ recipient.first_name | default: 'there' }}.":
        "{1} a {2} sans valeur : {3}. Donnez à Valeurs (values) un texte ou un nombre {4}, ou écrivez une valeur par défaut dans la réponse type, comme {{ recipient.first_name | default: 'bonjour' }}.",
    'Body (body) is nested too deeply for Markdown.': 'Corps (body) : trop imbriqué pour du Markdown.',
    'should have text as its title and its body': ': son title et son body doivent être du texte',
    'should have a state that is one of {1}': ': son state doit être l’une de ces valeurs : {1}',
    'has a block {1} whose color is not good, warning, danger or a hex colour':
        ': la color du bloc {1} n’est ni good, ni warning, ni danger, ni une couleur hexadécimale',
    'has a block {1} whose fields are no list of { title, value, short }':
        ': les fields du bloc {1} ne sont pas une liste de { title, value, short }',
    "The account's default sender (from) {1}.": 'L’expéditeur par défaut du compte (from){1}.',
};
