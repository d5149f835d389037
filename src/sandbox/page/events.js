import { language } from './words.js';

/** The kinds of events as webhook in calls them; a test compares. */
export const events = {
    en: {
        incoming_email: 'E-mail received',
        outgoing_email: 'E-mail sent',
        new_comment: 'New comment',
        label_change: 'Labels changed',
        team_change: 'Team changed',
        conversation_assignee_change: 'Assignees changed',
        conversation_closed: 'Conversation closed',
        conversation_reopened: 'Conversation reopened',
        incoming_sms_message: 'SMS received',
        outgoing_sms_message: 'SMS sent',
        incoming_whatsapp_message: 'WhatsApp received',
        incoming_facebook_message: 'Messenger received',
        incoming_twilio_chat_message: 'Live Chat received',
        incoming_twilio_message: 'SMS received (older)',
        outgoing_twilio_message: 'SMS sent (older)',
        custom_channel_message: 'Custom channel reply',
    },
    fr: {
        incoming_email: 'Courriel reçu',
        outgoing_email: 'Courriel envoyé',
        new_comment: 'Nouveau commentaire',
        label_change: 'Étiquettes modifiées',
        team_change: 'Équipe modifiée',
        conversation_assignee_change: 'Assignation modifiée',
        conversation_closed: 'Conversation fermée',
        conversation_reopened: 'Conversation rouverte',
        incoming_sms_message: 'SMS reçu',
        outgoing_sms_message: 'SMS envoyé',
        incoming_whatsapp_message: 'WhatsApp reçu',
        incoming_facebook_message: 'Messenger reçu',
        incoming_twilio_chat_message: 'Live Chat reçu',
        incoming_twilio_message: 'SMS reçu (ancien)',
        outgoing_twilio_message: 'SMS envoyé (ancien)',
        custom_channel_message: 'Réponse, canal personnalisé',
    },
};

/** What people call a kind of event; an unknown one as it stands. */
export const eventName = (type) => events[language][type] ?? type;
