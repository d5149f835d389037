/** Attachments, and files that are fetched, read or written. */
export const files: Readonly<Record<string, string>> = {
    'has {1} files, and Missive takes {2} at most': ': {1} fichiers, et Missive en accepte {2} au plus',
    'has no content for file {1}; give it content (a Buffer or text), base64_data, path or url':
        ': le fichier {1} n’a pas de contenu ; donnez-lui content (un Buffer ou du texte), base64_data, path ou url',
    'has no usable filename for file {1}': ': le fichier {1} n’a pas de filename utilisable',
    'has no valid base64 in file {1}; plain text goes into { filename, content }, a file of the account’s folder into { path }, a link into { url }':
        ': le base64 du fichier {1} n’est pas valide ; un texte simple se met dans { filename, content }, un fichier du dossier du compte dans { path }, un lien dans { url }',
    'has no valid base64 in file {1}': ': le base64 du fichier {1} n’est pas valide',
    'has letters in file {1} that {2} cannot write; use utf8':
        ': le fichier {1} a des lettres que {2} ne sait pas écrire ; utilisez utf8',
    'has no valid hex in file {1}': ': l’hexadécimal du fichier {1} n’est pas valide',
    'has an encoding for file {1} that is none of utf8, base64, hex, latin1':
        ': l’encoding du fichier {1} n’est aucun de utf8, base64, hex, latin1',
    "has base64 as the text of file {1}; add encoding: 'base64', or 'utf8' if the text itself is the file":
        ": le texte du fichier {1} est du base64 ; ajoutez encoding: 'base64', ou 'utf8' si le texte lui-même est le fichier",
    'The file “{1}” has not been read yet.': 'Le fichier « {1} » n’a pas encore été lu.',
    'The files are more than the 10 MB that Missive takes as one request. {1}':
        'Les fichiers dépassent les 10 Mo que Missive accepte en une requête. {1}',
    'Send fewer or smaller attachments: the largest is “{1}” with {2}, and files take a third more on their way, so about 7 MB of them are the most.':
        'Envoyez des pièces jointes moins nombreuses ou plus petites : la plus grande est « {1} » ({2}), et les fichiers prennent un tiers de plus en chemin ; 7 Mo environ sont donc le maximum.',
    'The file “{1}” comes in an encoding that cannot be read. Fetch it with an http request node and attach the Buffer.':
        'Le fichier « {1} » arrive dans un encodage illisible. Cherchez-le avec un nœud http request et joignez le Buffer.',
    'The file “{1}” could not be fetched: its server failed.':
        'Le fichier « {1} » n’a pas pu être cherché : son serveur a échoué.',
    'The file “{1}” could not be fetched ({2}). Links of attachments expire: get the message again and use its new link.':
        'Le fichier « {1} » n’a pas pu être cherché ({2}). Les liens des pièces jointes expirent : lisez à nouveau le message et utilisez son nouveau lien.',
    'The file “{1}” could not be fetched ({2}).': 'Le fichier « {1} » n’a pas pu être cherché ({2}).',
    'The link of the file “{1}” leads to a private address. Fetch such files with an http request node and attach the Buffer.':
        'Le lien du fichier « {1} » mène à une adresse privée. Cherchez de tels fichiers avec un nœud http request et joignez le Buffer.',
    'The link of the file “{1}” {2}. Fetch other files with an http request node and attach the Buffer.':
        'Le lien du fichier « {1} » {2}. Cherchez les autres fichiers avec un nœud http request et joignez le Buffer.',
    'The link of the file “{1}” leads on and on.': 'Le lien du fichier « {1} » renvoie toujours plus loin.',
    'The node was stopped while it fetched a file.': 'Le nœud a été arrêté pendant qu’il cherchait un fichier.',
    'The file “{1}” is given by its path, and the folder for files is not there: {2}. Make it and put the files to attach into it, or name another one in the account (Folder of files).':
        'Le fichier « {1} » est donné par son chemin, et le dossier des fichiers n’existe pas : {2}. Créez-le et placez-y les fichiers à joindre, ou indiquez-en un autre dans le compte (Dossier des fichiers).',
    'There is no file “{1}” at its path. Paths count from the folder for files: {2}.':
        'Il n’y a pas de fichier « {1} » à cet endroit. Les chemins partent du dossier des fichiers : {2}.',
    'The file “{1}” cannot be read ({2}).': 'Le fichier « {1} » est illisible ({2}).',
    '“{1}” is hidden: files whose name or folder begins with a dot are not attached.':
        '« {1} » est caché : les fichiers dont le nom ou le dossier commence par un point ne sont pas joints.',
    '“{1}” is a folder or a device, no file.': '« {1} » est un dossier ou un périphérique, pas un fichier.',
    'The file “{1}” changed while it was read. Attach it once it is written.':
        'Le fichier « {1} » a changé pendant la lecture. Joignez-le une fois qu’il est écrit.',
    'The file “{1}” is outside of the folder for files: {2}. Put it there, or read it with a file node and attach the Buffer.':
        'Le fichier « {1} » est hors du dossier des fichiers : {2}. Placez-l’y, ou lisez-le avec un nœud file et joignez le Buffer.',
    'The folder for files has {1} files of the name “{2}” already.':
        'Le dossier des fichiers a déjà {1} fichiers du nom « {2} ».',
    '“{1}” cannot be written into the folder for files ({2}): {3}.':
        '« {1} » ne peut pas être écrit dans le dossier des fichiers ({2}) : {3}.',
    '“{1}” would be written outside of the folder for files, or hidden in it: {2}.':
        '« {1} » serait écrit hors du dossier des fichiers, ou y serait caché : {2}.',
    'Nothing names the file: give its Link (url), as Missive lists it among the attachments of a message, or its Message (message).':
        'Rien ne désigne le fichier : donnez son Lien (url), comme Missive le liste parmi les pièces jointes d’un message, ou son Message (message).',
    'The message has no attachment with the id {1}.': 'Le message n’a pas de pièce jointe avec l’identifiant {1}.',
    'The message has {1}.': 'Le message a {1}.',
    'The file “{1}” is larger than {2}, which is more than is fetched.':
        'Le fichier « {1} » dépasse {2}, plus que ce qui est cherché.',
    'The account’s Folder of files holds settings, flows and credentials of Node-RED: {1}. Name a folder of its own, such as “files”.':
        'Le Dossier des fichiers du compte contient des réglages, des flux et des identifiants de Node-RED : {1}. Indiquez un dossier à part, comme « files ».',
};
