/** Rules across the fields of an operation. What a field is called is what its form says. */
export const operations: Readonly<Record<string, string>> = {
    'There is nothing to write: give the draft a Subject, a Body, a recipient (To), Attachments, a Conversation or References.':
        'Il n’y a rien à écrire : donnez au brouillon un Objet, un Corps, un destinataire (À), des Pièces jointes, une Conversation ou des Références.',
    'Send now (send) and Send later (send_at) exclude each other: set only one of them.':
        'Envoyer maintenant (send) et Envoyer plus tard (send_at) s’excluent : n’en choisissez qu’un.',
    'Send later (send_at) is in the past: Missive would send the message at once. Set a time to come, or Send now (send).':
        'Envoyer plus tard (send_at) est dans le passé : Missive enverrait le message aussitôt. Choisissez un moment à venir, ou Envoyer maintenant (send).',
    'Only if no reply (auto_followup) needs Send later (send_at): say when it would be sent.':
        'Si pas de réponse (auto_followup) a besoin d’Envoyer plus tard (send_at) : dites quand il serait envoyé.',
    'To (to_fields) is missing: a message that is sent needs a recipient or a conversation.':
        'À (to_fields) manque : un message envoyé a besoin d’un destinataire ou d’une conversation.',
    'From (from_field) is an e-mail address and a recipient is a phone number, or the other way round: a message goes from an address to addresses, or from a number to a number.':
        'De (from_field) est une adresse e-mail et un destinataire est un numéro de téléphone, ou l’inverse : un message va d’une adresse à des adresses, ou d’un numéro à un numéro.',
    'To (to_fields) has several recipients: an SMS or WhatsApp message goes to exactly one phone number.':
        'À (to_fields) a plusieurs destinataires : un SMS ou un message WhatsApp va à un seul numéro de téléphone.',
    'To (to_fields) has an id that is no phone number. In a WhatsApp conversation leave To out, set From (from_field) to your number, and the reply goes to whoever it is with; in another channel set Channel account (account).':
        'À (to_fields) a un identifiant qui n’est pas un numéro de téléphone. Dans une conversation WhatsApp, omettez À, mettez votre numéro dans De (from_field), et la réponse part vers la personne de la conversation ; dans un autre canal, choisissez Compte du canal (account).',
    'There is nothing to post: give it Markdown (markdown), Text (text) or Attachments (attachments).':
        'Il n’y a rien à publier : donnez Markdown (markdown), Texte (text) ou Pièces jointes (attachments).',
    'Notification {1} is missing: Missive takes no post without { title, body } in Notification (notification).':
        'Le {1} de la notification manque : Missive n’accepte pas de publication sans { title, body } dans Notification (notification).',
    'A subtask needs its Conversation (conversation) or References (references).':
        'Une sous-tâche a besoin de sa Conversation (conversation) ou de Références (references).',
    'Give the task a Team (team) or Assignees (assignees), or make it a subtask of a conversation.':
        'Donnez à la tâche Équipe (team) ou Assignée à (assignees), ou faites-en la sous-tâche d’une conversation.',
    'Add users (add_users) works only with a subtask: set Subtask to true, or leave it out.':
        'Ajouter des personnes (add_users) ne va qu’avec une sous-tâche : mettez Sous-tâche sur true, ou omettez ce champ.',
    'Move to Inbox (add_to_inbox) works only with a subtask: set Subtask to true, or leave it out.':
        'Vers la boîte (add_to_inbox) ne va qu’avec une sous-tâche : mettez Sous-tâche sur true, ou omettez ce champ.',
    'Organization (organization) is missing: Team, Assignees and Add users need it. Fill it in here, or as the default organization of the account.':
        'Organisation (organization) manque : Équipe, Assignée à et Ajouter des personnes en ont besoin. Remplissez-la ici, ou comme organisation par défaut du compte.',
    'Organization (organization) is missing. Fill it in here, or as the default organization of the account.':
        'Organisation (organization) manque. Remplissez-la ici, ou comme organisation par défaut du compte.',
    '{1} ({2}) needs an Organization: fill it in here, or as the default organization of the account.':
        '{1} ({2}) a besoin d’une Organisation : remplissez-la ici, ou comme organisation par défaut du compte.',
    'Move to team inbox (add_to_team_inbox) needs a Team: say which team’s inbox.':
        'Vers boîte d’équipe (add_to_team_inbox) a besoin d’une Équipe : dites la boîte de quelle équipe.',
    'Conversation (id) and Into (target) are the same conversation: it cannot be merged into itself.':
        'Conversation (id) et Dans (target) sont la même conversation : elle ne peut pas être fusionnée avec elle-même.',
    'There is nothing to change: fill in at least one field besides the id.':
        'Il n’y a rien à modifier : remplissez au moins un champ en plus de l’identifiant.',
    'The list of ids (id) is empty: name what is to be changed, or leave the field out to create something.':
        'La liste des identifiants (id) est vide : dites ce qui est à modifier, ou omettez le champ pour créer quelque chose.',

    'Deleted too (include_deleted) works only with Changed since (modified_since).':
        'Aussi supprimés (include_deleted) ne va qu’avec Modifiés depuis (modified_since).',
    'Rows on a page (limit) should be a whole number from {1} to {2} here.':
        'Lignes par page (limit) doit être ici un nombre entier de {1} à {2}.',
    'At most (max_rows) should be a whole number above 0.':
        'Au plus (max_rows) doit être un nombre entier au-dessus de 0.',
    'No mailbox is chosen: set one of {1}.': 'Aucune boîte n’est choisie : choisissez l’une de celles-ci : {1}.',
    'Several mailboxes are chosen ({1}): set one.': 'Plusieurs boîtes sont choisies ({1}) : choisissez-en une.',
    '{1} exclude each other: set one.': '{1} s’excluent : choisissez-en un.',

    'To (end) should be later than From (start).': 'Au (end) doit être après Du (start).',
    'There is no day between From (start) and To (end).': 'Il n’y a aucun jour entre Du (start) et Au (end).',
    'Wait at most (timeout) should be 5 seconds or more: no report is read earlier.':
        'Attendre au plus (timeout) doit être de 5 secondes ou plus : aucun rapport n’est lu avant.',
    'Rows take a report for each day, and there are more than {1} days: ask for fewer.':
        'Les lignes demandent un rapport par jour, et il y a plus de {1} jours : demandez-en moins.',
    'Time zone (time_zone) should be a name such as America/Montreal.':
        'Fuseau horaire (time_zone) doit être un nom comme America/Montreal.',
    'The report was not ready after {1} seconds. Ask for a shorter time or fewer filters, or wait longer (timeout).':
        'Le rapport n’était pas prêt après {1} secondes. Demandez une période plus courte ou moins de filtres, ou attendez plus longtemps (timeout).',
    'Missive started the report, but did not say under which id, so it cannot be read. Try again.':
        'Missive a commencé le rapport sans dire sous quel identifiant ; il ne peut donc pas être lu. Réessayez.',
    'The node was stopped while it waited for the report.': 'Le nœud a été arrêté pendant qu’il attendait le rapport.',
    'Missive has no report with this id: it may not be ready yet, or has expired, which it does 60 seconds after it was ready. Try again in 5 seconds, or let the report node start it and wait (404).':
        'Missive n’a pas de rapport avec cet identifiant : il n’est peut-être pas encore prêt, ou a expiré, ce qui arrive 60 secondes après qu’il était prêt. Réessayez dans 5 secondes, ou laissez le nœud rapport le commencer et attendre (404).',
    'should begin with one /, below the account’s address, such as /contact_books':
        ': doit commencer par un seul /, sous l’adresse du compte, comme /contact_books',
    'holds a sign that no path of Missive has, such as a space, \\, # or //':
        ': contient un signe qu’aucun chemin de Missive n’a, comme une espace, \\, # ou //',
    'leads off the account’s address: leave out the steps of dots':
        ': mène hors de l’adresse du compte ; omettez les pas en points',
    'has a % that begins no percent-encoded sign': ': un % ne commence aucun signe encodé',
    'Body (body) goes with POST and PATCH, not with {1}: use Query (query), or leave it out.':
        'Corps (body) va avec POST et PATCH, pas avec {1} : utilisez Paramètres (query), ou omettez-le.',

    'Label name (name) is missing: a new label needs one.':
        'Nom de l’étiquette (name) manque : une nouvelle étiquette en a besoin.',
    'Team name (name) is missing: a new team needs one.':
        'Nom de l’équipe (name) manque : une nouvelle équipe en a besoin.',
    'Organization (organization) is missing: a new label needs one. Fill it in here, or as the default organization of the account.':
        'Organisation (organization) manque : une nouvelle étiquette en a besoin. Remplissez-la ici, ou comme organisation par défaut du compte.',
    'Organization (organization) is missing: a new team needs one. Fill it in here, or as the default organization of the account.':
        'Organisation (organization) manque : une nouvelle équipe en a besoin. Remplissez-la ici, ou comme organisation par défaut du compte.',
    'A response belongs to either an Organization (organization) or a User (user): fill in exactly one of them.':
        'Une réponse appartient à une Organisation (organization) ou à une Personne (user) : remplissez exactement l’une des deux.',
    'A response belongs to either an Organization (organization) or a User (user): fill in only one of them.':
        'Une réponse appartient à une Organisation (organization) ou à une Personne (user) : ne remplissez que l’une des deux.',
    '{1} ({2}) needs an Organization: a user’s own response cannot have it.':
        '{1} ({2}) a besoin d’une Organisation : la réponse d’une seule personne ne peut pas l’avoir.',
    'External id (external_id) and External source (external_source) need each other: fill in both or neither.':
        'Identifiant externe (external_id) et Source externe (external_source) vont ensemble : remplissez les deux ou aucun.',
    'There is nothing in the response: give it a Title (title), a Subject (subject) or a Body (body).':
        'Il n’y a rien dans la réponse : donnez Titre (title), Objet (subject) ou Corps (body).',
};
