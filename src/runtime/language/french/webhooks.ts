/** Webhooks, the rules that set them off, watching, and what is kept until it is done. */
export const webhooks: Readonly<Record<string, string>> = {
    'Outcome must be done or failed.': 'Le résultat doit être done ou failed.',
    'Nobody can watch {1}.': 'Personne ne peut surveiller {1}.',
    '{1} (senders): “{2}” is no address, domain or phone number. Put a comma between two.':
        '{1} (senders) : « {2} » n’est ni une adresse, ni un domaine, ni un numéro de téléphone. Mettez une virgule entre deux.',
    'Missive makes no rule of the type {1} by its API: make one by hand.':
        'L’API de Missive ne crée pas de règle du type {1} : créez-la à la main.',
    'Names cannot be looked up: {1}': 'Les noms ne peuvent pas être cherchés : {1}',
    'Enter the public address of this Node-RED in the webhook in node, or in the environment variable MISSIVE_WEBHOOK_BASE_URL.':
        'Saisissez l’adresse publique de ce Node-RED dans le nœud webhook entrant, ou dans la variable d’environnement MISSIVE_WEBHOOK_BASE_URL.',
    'Missive: {1}': 'Missive : {1}',
    'Missive hooks: {1}': 'Règles dans Missive : {1}',
    'The public address of this Node-RED is none: “{1}”. Write one such as https://flows.example.com, without ? and #.':
        'L’adresse publique de ce Node-RED n’en est pas une : « {1} ». Écrivez-en une comme https://flows.example.com, sans ? ni #.',
    'The rule in Missive: {1}': 'La règle dans Missive : {1}',
    'The account is dry, so its rule in Missive is not deleted. Switch Try out only off in the account, or delete the rule by hand.':
        'Le compte est en essai seulement : sa règle dans Missive n’est pas supprimée. Désactivez Essai seulement dans le compte, ou supprimez la règle à la main.',
    'The account is dry, so no rule is made in Missive and none is changed. Switch Try out only off in the account, or make the rule by hand.':
        'Le compte est en essai seulement : aucune règle n’est créée ni modifiée dans Missive. Désactivez Essai seulement dans le compte, ou créez la règle à la main.',
    'Redis has forgotten which rules were made in Missive: this Node-RED has told it again. Set Redis so that it loses nothing (appendonly yes).':
        'Redis a oublié quelles règles ont été créées dans Missive : ce Node-RED les lui a redites. Réglez Redis pour qu’il ne perde rien (appendonly yes).',
    'Redis has forgotten the events that were kept in it. What is in the flow of this Node-RED is kept again; what waited in Redis is lost. Set Redis so that it loses nothing (appendonly yes).':
        'Redis a oublié les événements qu’il gardait. Ce qui est dans le flux de ce Node-RED est gardé à nouveau ; ce qui attendait dans Redis est perdu. Réglez Redis pour qu’il ne perde rien (appendonly yes).',
    'Redis has forgotten what was told of the things that are watched: this Node-RED has told it again. Set Redis so that it loses nothing (appendonly yes).':
        'Redis a oublié ce qui avait été dit des choses surveillées : ce Node-RED le lui a redit. Réglez Redis pour qu’il ne perde rien (appendonly yes).',
    'A rule in Missive is no longer wanted, and no account here has the token that it was made with: delete it under Rules.':
        'Une règle dans Missive ne sert plus, et aucun compte ici n’a le jeton qui l’a créée : supprimez-la sous Règles.',
    'The list of rules that this Node-RED has made in Missive was gone or damaged. It was written anew, as this Node-RED knew it.':
        'La liste des règles que ce Node-RED a créées dans Missive avait disparu ou était endommagée. Elle a été réécrite telle que ce Node-RED la connaissait.',
    'The list of rules that this Node-RED has made in Missive was damaged. It is now {1}; rules are made anew. Look under Rules in Missive for older ones with an address of this Node-RED, and delete them.':
        'La liste des règles que ce Node-RED a créées dans Missive était abîmée. Elle est maintenant dans {1} ; les règles sont créées à nouveau. Cherchez sous Règles dans Missive les anciennes avec une adresse de ce Node-RED, et supprimez-les.',
    "{1} webhooks in a row failed. After more than 50 Missive switches the rule off: see the node's status for the cause, then look under Rules whether it is on.":
        '{1} webhooks de suite ont échoué. Au-delà de 50, Missive désactive la règle : voyez la cause dans l’état du nœud, puis regardez sous Règles si elle est activée.',
    'The kept deliveries cannot be read: {1}': 'Les livraisons gardées sont illisibles : {1}',
    'Refused a webhook at {1}: {2}': 'Webhook refusé à {1} : {2}',
    'Refused a webhook at {1}: {2}{3}': 'Webhook refusé à {1} : {2}{3}',
    'The key in the address is missing or wrong.': 'La clé dans l’adresse est absente ou fausse.',
    'The delivery cannot be kept: the disk fails.': 'La livraison ne peut pas être gardée : le disque est en panne.',
    'The inbox of this node is full: the flow does not keep up.':
        'La boîte de ce nœud est pleine : le flux ne suit pas.',
    'The flow “{1}” sets itself off: {2}': 'Le flux « {1} » se déclenche lui-même : {2}',
    'The event is no longer kept here: another Node-RED has it, or it is done.':
        'L’événement n’est plus gardé ici : un autre Node-RED l’a, ou il est terminé.',
    'It cannot be noted in which Redis deliveries are kept: {1}':
        'Impossible de noter dans quel Redis des livraisons sont gardées : {1}',
    'Kept deliveries of webhook in may lie in Redis at {1}, whose password nobody has here any more. Put the address back into the account and deploy, then take it away or change it and deploy again: they are moved.':
        'Des livraisons gardées par « webhook entrant » se trouvent peut-être dans Redis à {1}, dont personne n’a plus le mot de passe ici. Remettez l’adresse dans le compte et déployez, puis retirez-la ou changez-la et déployez de nouveau : elles sont déplacées.',
    'What webhook in keeps in Redis at {1} stays there for now: {2} It is fetched at the next start at which that Redis answers, or when the account has it again.':
        'Ce que « webhook entrant » garde dans Redis à {1} y reste pour l’instant : {2} Il sera repris au prochain démarrage où ce Redis répond, ou quand le compte l’aura de nouveau.',
    'Another Node-RED has it by now.': 'Un autre Node-RED l’a désormais.',
    'The event is no longer kept here: another Node-RED has it, or Missive delivers it again.':
        'L’événement n’est plus conservé ici : un autre Node-RED l’a, ou Missive le livre de nouveau.',
    'Another Node-RED has taken the kept deliveries meanwhile.':
        'Un autre Node-RED a pris entre-temps les livraisons conservées.',
    'Another Node-RED looks after the rules by now.': 'Un autre Node-RED s’occupe maintenant des règles.',
    'Another Node-RED looks for news by now.': 'Un autre Node-RED cherche maintenant les nouveautés.',
    'The team could not be told in Missive: {1}': 'L’équipe n’a pas pu être prévenue dans Missive : {1}',
    'It took too long to keep a delivery.': 'Garder une livraison a pris trop de temps.',
    'Another Node-RED is dealing with the same delivery.': 'Un autre Node-RED traite la même livraison.',
    'What was missed could not be fetched: {1}': 'Ce qui a été manqué n’a pas pu être cherché : {1}',
    'Missive gave the same page again and again, or cut off the rows of one second, so nobody can tell whether there is more news than this: look at the list in Missive.':
        'Missive a donné la même page encore et encore, ou a coupé les lignes d’une même seconde : impossible de savoir s’il y a d’autres nouveautés. Regardez la liste dans Missive.',
    'Missive gave the same page again and again, or cut off the rows of one second, so nobody can tell whether older events were missed: look through the conversations since then.':
        'Missive a donné la même page encore et encore, ou a coupé les lignes d’une même seconde : impossible de savoir si des événements plus anciens ont été manqués. Parcourez les conversations depuis ce moment.',
    'More than {1} conversations were active meanwhile: only the newest were looked through.':
        'Plus de {1} conversations ont été actives entre-temps : seules les plus récentes ont été regardées.',
    'A delivery was not reported done in time: it comes again.':
        'Une livraison n’a pas été déclarée terminée à temps : elle revient.',
    '{1} bytes of the kept deliveries could not be read. Node-RED was stopped while it wrote them; Missive had no answer to what they were, and delivers it again.':
        '{1} octets des livraisons gardées sont illisibles. Node-RED a été arrêté pendant qu’il les écrivait ; Missive n’a pas eu de réponse et les livre à nouveau.',
    '{1} deliveries of this node are not done. They stay in {2}.':
        '{1} livraisons de ce nœud ne sont pas terminées. Elles restent dans {2}.',
    '{1} events that had come in did not get into the flow: the node was removed.':
        '{1} événements reçus ne sont pas entrés dans le flux : le nœud a été enlevé.',
    '{1} events that had come in wait for the flows to run again. If Node-RED ends now they are lost.':
        '{1} événements reçus attendent que les flux tournent à nouveau. Si Node-RED s’arrête maintenant, ils sont perdus.',
    'A delivery has failed again and again and is stopped. It is kept: mend the flow and deploy, and it comes again.':
        'Une livraison a échoué sans cesse et est arrêtée. Elle est gardée : corrigez le flux et déployez, et elle revient.',
    '{1} waiting message(s) dropped: the node was stopped':
        '{1} message(s) en attente abandonné(s) : le nœud a été arrêté',
    'the signature is missing or wrong. Enter one and the same secret in the rule in Missive and in the webhook in node (or its account) in Node-RED, then deploy.':
        'la signature est absente ou fausse. Saisissez le même secret dans la règle de Missive et dans le nœud webhook entrant (ou son compte) de Node-RED, puis déployez.',
    'the secret that was once saved is not there, or is an environment variable that is not set. Enter it in the webhook in node or its account, or set the variable, then deploy.':
        'le secret qui avait été enregistré n’est plus là, ou est une variable d’environnement non définie. Saisissez-le dans le nœud webhook entrant ou son compte, ou définissez la variable, puis déployez.',
    'the account of this node is missing, switched off or without its credentials, and it may hold the secret. Open the node, choose an account, enter its credentials and deploy.':
        'le compte de ce nœud est absent, désactivé ou sans ses identifiants, et il contient peut-être le secret. Ouvrez le nœud, choisissez un compte, saisissez ses identifiants et déployez.',
};
