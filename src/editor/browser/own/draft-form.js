/* What is special to the form of create draft: one click for an answer to the message that came in. */

const eventMessage = '$m := payload.message ? payload.message : payload.latest_message';
/** In WhatsApp people may have an id that is no number: Missive knows whom the conversation is with. */
const hidden = '$contains($m.type, /whatsapp/i) and $not($contains($w.id, /^\\+/))';

/** An answer by e-mail, SMS or channel: to whoever wrote, or on to whom we wrote last; from the number that was written to. */
const answerRows = {
    conversation: { type: 'msg', value: 'missive.conversation' },
    to_fields: {
        type: 'jsonata',
        value: `(${eventMessage}; $w := $m.author ? $m.to_fields : $count($m.reply_to_fields) > 0 ? $m.reply_to_fields : $m.from_field; ${hidden} ? $none : $w)`,
    },
    from_field: {
        type: 'jsonata',
        value: `(${eventMessage}; $m.type != "email" ? ($m.author ? $m.from_field : $m.to_fields[0]))`,
    },
    subject: {
        type: 'jsonata',
        value: `(${eventMessage}; $m.subject ? ($contains($m.subject, /^re:/i) ? $m.subject : "Re: " & $m.subject))`,
    },
};

specials['missive-create-draft'] = {
    open(form, node) {
        const row = $(
            '<div class="form-row missive-own-row"><button type="button" class="red-ui-button" id="missive-reply"><i class="fa fa-reply"></i> <span></span></button><p class="missive-hint"></p></div>',
        );
        row.find('span').text(ours('word.reply'));
        row.children('p').text(ours('word.replyHelp'));
        row.children('button').on('click', () => {
            for (const [property, value] of Object.entries(answerRows)) {
                form.added.add(property);
                setField(form, property, value);
            }
            show(form, node);
            focusField(form, 'body');
        });
        row.insertBefore($('.missive-form[data-type="missive-create-draft"] > .missive-rows'));
    },
};
