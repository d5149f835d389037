/** The account, the way to Missive, and its answers. */
export const calls: Readonly<Record<string, string>> = {
    'No account is chosen. Open the node and choose a Missive account.':
        'Aucun compte n’est choisi. Ouvrez le nœud et choisissez un compte Missive.',
    'The Missive account of this node is missing or switched off. Open the node, choose an account and deploy.':
        'Le compte Missive de ce nœud est absent ou désactivé. Ouvrez le nœud, choisissez un compte et déployez.',
    'The token of the Missive account is the variable {1}, which is not set. Set it and deploy, or enter the token in the account.':
        'Le jeton du compte Missive est la variable {1}, qui n’est pas définie. Définissez-la et déployez, ou saisissez le jeton dans le compte.',
    'The Missive account has no token. Open the account, enter its API token and deploy.':
        'Le compte Missive n’a pas de jeton. Ouvrez le compte, saisissez son jeton d’API et déployez.',
    'The address of the Missive account is none. Leave it blank, or write one that starts with https://.':
        'L’adresse du compte Missive n’en est pas une. Laissez-la vide, ou écrivez-en une qui commence par https://.',
    'The address of Redis is none. Leave it blank, or write one that starts with redis:// or rediss://; what stands behind ?ca= has to be the file of a certificate.':
        'L’adresse de Redis n’en est pas une. Laissez-la vide, ou écrivez-en une qui commence par redis:// ou rediss:// ; ce qui suit ?ca= doit être le fichier d’un certificat.',
    'The account has no API token.': 'Le compte n’a pas de jeton d’API.',
    "The account's API token holds characters that no token can have, such as a line break. Copy it again from Missive.":
        'Le jeton d’API du compte contient des caractères qu’aucun jeton ne peut avoir, comme un retour à la ligne. Copiez-le à nouveau depuis Missive.',
    "The account's address is no web address. Write it as https://…":
        'L’adresse du compte n’est pas une adresse web. Écrivez-la sous la forme https://…',
    'The account was stopped; the call was not sent.': 'Le compte a été arrêté ; l’appel n’a pas été envoyé.',
    'The proxy in HTTP_PROXY or HTTPS_PROXY is no web address. Write it as http://host:port.':
        'Le proxy dans HTTP_PROXY ou HTTPS_PROXY n’est pas une adresse web. Écrivez-le sous la forme http://host:port.',
    'The path must start with / and be percent-encoded: no spaces, no letters beyond ASCII.':
        'Le chemin doit commencer par / et être encodé (%20) : ni espaces, ni lettres hors de l’ASCII.',
    'The fields cannot be written as JSON: one refers to itself, is a BigInt or a function.':
        'Les champs ne peuvent pas être écrits en JSON : l’un renvoie à lui-même, est un BigInt ou une fonction.',
    'The request has {1}, Missive takes 10 MB. {2}': 'La requête fait {1}, Missive en accepte 10 Mo. {2}',
    'Send less.': 'Envoyez moins.',

    'Missive answered {1} {2}': 'Missive a répondu {1} {2}',
    'Missive answered {1}, but the rest of the answer was lost ({2}). The call was carried out.':
        'Missive a répondu {1}, mais la suite de la réponse s’est perdue ({2}). L’appel a été exécuté.',
    'Missive could not be reached ({1}).': 'Missive n’a pas pu être joint ({1}).',
    'The connection to Missive was lost ({1}).': 'La connexion à Missive a été perdue ({1}).',
    'Check the address, the network and the proxy.': 'Vérifiez l’adresse, le réseau et le proxy.',
    "Missive answered {1}, but not in JSON. The call was carried out; check that the account's address is Missive's.":
        'Missive a répondu {1}, mais pas en JSON. L’appel a été exécuté ; vérifiez que l’adresse du compte est celle de Missive.',
    'Try again later.': 'Réessayez plus tard.',
    'It may have been carried out all the same: look in Missive before you send it again.':
        'L’appel a peut-être été exécuté quand même : regardez dans Missive avant de le renvoyer.',
    'Missive failed ({1}). {2}': 'Missive a échoué ({1}). {2}',
    "The account's address redirects elsewhere ({1}), and the token is not sent there: enter the final address.":
        'L’adresse du compte redirige ailleurs ({1}), et le jeton n’y est pas envoyé : saisissez l’adresse finale.',
    "Check the account's API token{1} (401).": 'Vérifiez le jeton d’API du compte{1} (401).',
    "The token's owner may not do this in Missive (403).":
        'La personne qui possède le jeton n’a pas ce droit dans Missive (403).',
    'Check the id; it may have been deleted (404).':
        'Vérifiez l’identifiant ; ce qu’il désigne a peut-être été supprimé (404).',
    'Missive waited too long for the request (408). {1}': 'Missive a attendu la requête trop longtemps (408). {1}',
    'The request has {1}: send less at once (413).': 'La requête fait {1} : envoyez moins à la fois (413).',
    'Missive takes no more requests for now (429). Send fewer, and see what else uses the token.':
        'Missive n’accepte plus de requêtes pour l’instant (429). Envoyez-en moins, et voyez ce qui utilise aussi le jeton.',
    "Set From (from_field), or the account's default sender, to an alias of the token's owner; for one of a shared account turn on Settings → Accounts → Aliases → Allow others to send for them":
        'Mettez dans De (from_field), ou comme expéditeur par défaut du compte, un alias de la personne qui possède le jeton ; pour celui d’un compte partagé, activez Paramètres → Comptes → Alias → Autoriser les autres à envoyer',
    "Check the ids: each must be one of Missive's and stand there once. It also comes where the token's owner lacks the role, such as Operator of the shared account":
        'Vérifiez les identifiants : chacun doit venir de Missive et n’y être qu’une fois. Cela arrive aussi quand il manque un rôle à la personne qui possède le jeton, par exemple opérateur du compte partagé',
    "Correct the message's fields": 'Corrigez les champs du message',
    '{1}. Senders here: {2}': '{1}. Expéditeurs ici : {2}',
    'The answer holds no {1}: this is not Missive.': 'La réponse ne contient pas {1} : ce n’est pas Missive.',
    'Missive gave a full page of rows without {1}: the rest of the list cannot be asked for.':
        'Missive a donné une page entière de lignes sans {1} : la suite de la liste ne peut pas être demandée.',

    "{1} calls are already waiting for Missive's limits. Send fewer, or allow the account a longer queue.":
        '{1} appels attendent déjà à cause des limites de Missive. Envoyez-en moins, ou permettez une file plus longue dans le compte.',
    "Calls with {1} MB of texts and files are already waiting for Missive's limits. Send fewer at once, give files by their path, or allow the account more (maxBytes).":
        'Des appels avec {1} Mo de textes et de fichiers attendent déjà à cause des limites de Missive. Envoyez-en moins à la fois, donnez les fichiers par leur chemin, ou permettez-en plus dans le compte (maxBytes).',
    'The call waited longer than the {1} s the account allows. {2}':
        'L’appel a attendu plus longtemps que les {1} s permises par le compte. {2}',
    'The node was stopped while the call waited. {1}': 'Le nœud a été arrêté pendant que l’appel attendait. {1}',
    'Somebody dropped in the editor what this node had waiting. {1}':
        'Quelqu’un a abandonné dans l’éditeur ce que ce nœud avait en attente. {1}',
    'Look in Missive what is there. To have the event worked on as a new one, send it again from the Missive tab in the editor; to let it go, lead a Catch node to webhook done.':
        'Regardez dans Missive ce qui s’y trouve. Pour traiter l’événement comme un nouveau, renvoyez-le depuis l’onglet Missive de l’éditeur ; pour l’abandonner, menez un nœud Catch à « webhook terminé ».',
    'Missive has done this in an earlier try of the same event, and its answer was lost, so it is not sent a second time. {1}':
        'Missive l’a fait lors d’un essai précédent du même événement, et sa réponse s’est perdue : ce n’est donc pas envoyé une seconde fois. {1}',
    'Node-RED stopped while this was on its way to Missive in an earlier try of the same event. Nobody knows whether Missive has done it, so it is not sent a second time. {1}':
        'Node-RED s’est arrêté alors que ceci était en route vers Missive, lors d’un essai précédent du même événement. Personne ne sait si Missive l’a fait : ce n’est donc pas envoyé une seconde fois. {1}',
    'In an earlier try of the same event this node sent something else to Missive, so nobody knows whether this is the same thing again. Nothing was sent. {1}':
        'Lors d’un essai précédent du même événement, ce nœud a envoyé autre chose à Missive : personne ne sait donc si c’est la même chose à nouveau. Rien n’a été envoyé. {1}',
    'Nothing was sent: it cannot be kept that it goes out. {1}':
        'Rien n’a été envoyé : son départ ne peut pas être noté. {1}',
    'Before that: {1}': 'Avant cela : {1}',
    'It was not sent.': 'Il n’a pas été envoyé.',
    'Missive gave the same page again and again, or cut off the rows of one second, so nobody can tell whether the list has more rows than these: narrow it down, for instance by a mailbox or by dates.':
        'Missive a donné la même page encore et encore, ou a coupé les lignes d’une même seconde : impossible de savoir si la liste a d’autres lignes. Restreignez-la, par exemple par une boîte ou par des dates.',
    'The node was stopped before the list was at its end.': 'Le nœud a été arrêté avant la fin de la liste.',
    'The node was stopped.': 'Le nœud a été arrêté.',

    'The account’s list of those who may be written to (send_to) holds “{1}”, which is no address, domain or number with its country code. Nothing is sent until it is put right.':
        'La liste du compte Envoi permis à (send_to) contient « {1} », qui n’est ni une adresse, ni un domaine, ni un numéro avec son indicatif. Rien n’est envoyé tant qu’elle n’est pas corrigée.',
    'The account’s bound {1} is no whole number. Nothing is sent until it is put right.':
        'La limite {1} du compte n’est pas un nombre entier. Rien n’est envoyé tant qu’elle n’est pas corrigée.',
    'The draft names no recipient, so nobody can tell whom it would reach, and this account may write only to some (send_to). Name the recipient (to_fields).':
        'Le brouillon ne nomme aucun destinataire : personne ne peut dire qui il atteindrait, et ce compte ne peut écrire qu’à certains (send_to). Nommez le destinataire (to_fields).',
    'This account may not write to {1}: neither the address nor its domain stands in its list (send_to). Add it there, or leave a draft for a person.':
        'Ce compte ne peut pas écrire à {1} : ni l’adresse ni son domaine ne sont dans sa liste (send_to). Ajoutez-y l’adresse, ou laissez un brouillon à une personne.',
    'How many messages have left cannot be read or written ({1}): free the disk.':
        'Le nombre de messages partis ne peut être ni lu ni écrit ({1}) : libérez le disque.',
    'This account may send {1} within {2} (send_per_{3}), and has. Look whether the flow does what it should; raise the bound in the account, or send later.':
        'Ce compte peut en envoyer {1} en {2} (send_per_{3}), et il l’a fait. Regardez si le flux fait ce qu’il doit ; augmentez la limite dans le compte, ou envoyez plus tard.',
    'Nothing was sent.': 'Rien n’a été envoyé.',
    '{1} Nothing was sent.': '{1} Rien n’a été envoyé.',
};
