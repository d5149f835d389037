import DefaultTheme from 'vitepress/theme';
import CardPreview from './CardPreview.vue';
import ImportFlow from './ImportFlow.vue';
import './style.css';

export default {
    extends: DefaultTheme,
    enhanceApp({ app }) {
        app.component('ImportFlow', ImportFlow);
        app.component('CardPreview', CardPreview);
    },
};
