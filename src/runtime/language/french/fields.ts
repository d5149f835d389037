/** What is said of a field's value. Where French begins with a colon, it stands behind what the field is called. */
export const fields: Readonly<Record<string, string>> = {
    '{1} is empty. Give it a value before this node, or take the row off: without it this would reach something else.':
        '{1} est vide. Donnez-lui une valeur avant ce nœud, ou enlevez la ligne : sans elle, cela toucherait autre chose.',
    '{1} is missing.': '{1} : il manque une valeur.',
    '{1} cannot be read: {2}.': '{1} est illisible : {2}.',
    'should be {1}, but is {2}': ': il faut {1}, et non {2}',
    'is {1} characters long, and Missive takes {2} at most': ': {1} caractères, et Missive en accepte {2} au plus',
    'is no valid JSON': ': ce n’est pas du JSON valide',
    'is an address that names no conversation; copy it from Missive, such as https://mail.missiveapp.com/#inbox/conversations/…, or give the id':
        ': cette adresse ne désigne aucune conversation ; copiez-la depuis Missive, comme https://mail.missiveapp.com/#inbox/conversations/…, ou donnez l’identifiant',
};

/** Addresses, numbers and infos of contacts. */
export const addresses: Readonly<Record<string, string>> = {
    'should be one address, but there are {1}': ': il faut une seule adresse, et il y en a {1}',
    'has no address in its part {1}, which is text of {2} characters':
        ': pas d’adresse dans sa partie {1}, un texte de {2} caractères',
    'has an id of WhatsApp, which is no phone number: in a conversation leave To out, set From to your number, and the reply goes to whoever it is with':
        ': c’est un identifiant de WhatsApp, pas un numéro de téléphone ; dans une conversation, omettez À, mettez votre numéro dans De, et la réponse part vers la personne de la conversation',
    'has an entry with an address and a phone_number: make two of it, or take one out':
        ': une entrée a à la fois address et phone_number ; faites-en deux, ou enlevez l’un des deux',
    'should be an e-mail address, as only e-mail takes it':
        ' doit être une adresse e-mail, car seuls les e-mails la prennent',
    'should have an address, a phone_number or an id in each object':
        ': chaque objet doit avoir address, phone_number ou id',
    'has a part that is no e-mail address: {1}; in an object the address stands alone, and the name in name':
        ': une partie n’est pas une adresse courriel : {1} ; dans un objet, l’adresse est seule, et le nom se met dans name',
    'has a part that is no e-mail address: {1}; write name@example.com or Name <name@example.com>, with a comma between two':
        ': une partie n’est pas une adresse courriel : {1} ; écrivez nom@example.com ou Nom <nom@example.com>, avec une virgule entre deux',
    'has an address with a hidden sign ({1}) inside: {2}': ': une adresse contient un signe invisible ({1}) : {2}',
    'has an id of WhatsApp, which is no e-mail address: {1}':
        ': un identifiant de WhatsApp n’est pas une adresse e-mail : {1}',
    'is nested too deeply': ': trop de niveaux les uns dans les autres',
    'has a list of addresses in quotes: {1}': ': une liste d’adresses est entre guillemets : {1}',
    'has an address inside a name: {1}': ': une adresse se trouve dans un nom : {1}',
    'has a number inside a name: {1}': ': un numéro se trouve dans un nom : {1}',
    'has a comment, which only a name in quotes may have: {1}':
        ': un commentaire, que seul un nom entre guillemets peut avoir : {1}',
    'has a name that needs quotes: {1}': ': un nom doit être entre guillemets : {1}',
    'has a name with a line break or a control sign in it':
        ': un nom contient un retour à la ligne ou un caractère de contrôle',
    'has a name that is still encoded: {1}': ': un nom est encore encodé : {1}',
    'has a phone number with an extension, which no message can reach':
        ': un numéro de téléphone avec un poste, qu’aucun message ne peut joindre',
    'has a phone number that cannot be one; write it like +351910000001':
        ': un numéro de téléphone impossible ; écrivez-le comme +351910000001',
    'has a phone number without its country code; write it like +351910000001':
        ': un numéro de téléphone sans indicatif de pays ; écrivez-le comme +351910000001',
    'has a part that is neither an e-mail address nor a phone number: {1}':
        ': une partie n’est ni une adresse courriel ni un numéro de téléphone : {1}',
    'has an info whose kind is none of {1}': ': le kind d’une entrée n’est aucun de {1}',
    'has a label that an info of kind {1} cannot have; it takes {2}':
        ': une entrée du kind {1} a un label impossible ; il accepte {2}',
    'has an info of kind {1} without its {2}': ': il manque {2} à une entrée du kind {1}',
    'has a physical_address without any of {1}': ': une physical_address n’a aucun de {1}',
    'has an info of kind email whose value is no e-mail address: {1}':
        ': la valeur d’une entrée du kind email n’est pas une adresse courriel : {1}',
    'has an info of kind phone_number with several numbers: {1}; make one info of each':
        ': un élément phone_number contient plusieurs numéros : {1} ; faites-en un élément chacun',
    'has an info of kind phone_number that a spreadsheet has rounded: {1}; make text of that column':
        ': un élément phone_number a été arrondi par un tableur : {1} ; mettez cette colonne au format texte',
    'has an info of kind phone_number without a digit: {1}':
        ': une entrée du kind phone_number n’a aucun chiffre : {1}',
    'has an info of kind custom without its custom_label, the name of the field':
        ': il manque custom_label, le nom du champ, à une entrée du kind custom',
    'has a custom_label beside a label; Missive takes it only with the label other':
        ': custom_label est à côté d’un label ; Missive ne l’accepte qu’avec le label other',
    'has a membership whose group has no kind; it is organization or group':
        ': une entreprise ou un groupe n’a pas de kind ; c’est organization ou group',
    'has a membership whose group has no name': ': une entreprise ou un groupe n’a pas de nom',
    'E-mail, phone and more (infos) has no entry of kind {1}, by which the contact is matched. Add one, or match by something else.':
        'Courriel, téléphone et plus (infos) : aucune entrée du kind {1}, d’après lequel le contact est cherché. Ajoutez-en une, ou cherchez d’après autre chose.',
    'E-mail, phone and more (infos) has an entry of kind {1} without a value.':
        'Courriel, téléphone et plus (infos) : une entrée du kind {1} n’a pas de valeur.',
    '{1} contacts match. Merge them in Missive, or let the node change the newest.':
        '{1} contacts correspondent. Fusionnez-les dans Missive, ou laissez le nœud modifier le plus récent.',
    '{1} messages about contacts are already waiting for their turn. Send fewer, or allow the account a longer queue.':
        '{1} messages sur des contacts attendent déjà leur tour. Envoyez-en moins, ou permettez une file plus longue dans le compte.',
    'The message waited longer than the {1} s the account allows, for others about the same contact.':
        'Le message a attendu d’autres messages sur le même contact plus longtemps que les {1} s permises par le compte.',
    'The node was stopped; nothing was written.': 'Le nœud a été arrêté ; rien n’a été écrit.',
};
