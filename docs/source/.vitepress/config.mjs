import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitepress';

const here = (file) => fileURLToPath(new URL(file, import.meta.url));
const outline = JSON.parse(readFileSync(here('../made/outline.json'), 'utf8'));
const repository = 'https://github.com/missive-community/node-red-missive';

const french = {
    ...{ docFooter: { prev: 'Page précédente', next: 'Page suivante' }, outline: { label: 'Sur cette page', level: [2, 3] } },
    ...{ darkModeSwitchLabel: 'Apparence', lightModeSwitchTitle: 'Thème clair', darkModeSwitchTitle: 'Thème sombre' },
    ...{ sidebarMenuLabel: 'Menu', returnToTopLabel: 'Retour en haut', langMenuLabel: 'Changer de langue' },
    skipToContentLabel: 'Aller au contenu',
    notFound: { title: 'PAGE INTROUVABLE', quote: 'Cette page n’existe pas.', linkText: 'Retour à l’accueil' },
};
const searchFrench = {
    button: { buttonText: 'Rechercher', buttonAriaLabel: 'Rechercher' },
    modal: {
        ...{ noResultsText: 'Rien pour', resetButtonTitle: 'Effacer', displayDetails: 'Afficher les détails' },
        footer: { selectText: 'ouvrir', navigateText: 'parcourir', closeText: 'fermer' },
    },
};

export default defineConfig({
    title: 'Missive for Node-RED',
    srcDir: 'made',
    outDir: '../site',
    cacheDir: '../../.cache/vitepress',
    base: process.env.DOCS_BASE || '/',
    cleanUrls: false,
    metaChunk: true,
    head: [['link', { rel: 'icon', href: `${process.env.DOCS_BASE || '/'}missive.svg` }]],
    // llms.txt is a file beside the pages.
    ignoreDeadLinks: [/llms(-full)?\.txt$/],
    themeConfig: {
        logo: '/missive.svg',
        socialLinks: [{ icon: 'github', link: repository }],
        search: { provider: 'local', options: { locales: { fr: { translations: searchFrench } } } },
        outline: { level: [2, 3] },
    },
    locales: {
        root: { label: 'English', lang: 'en', themeConfig: outline.en },
        fr: { label: 'Français', lang: 'fr', title: 'Missive pour Node-RED', themeConfig: { ...outline.fr, ...french } },
    },
    vite: {
        // The preview draws with the package's own code: what reads a card, and what the page in Missive draws with.
        resolve: { alias: { 'node:util': here('theme/node-util.js') } },
        server: { fs: { allow: [here('../../..')] } },
    },
});
