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

/** Whether a node sends: `now`, `later`, `maybe` where the message decides; else it writes a draft and no more. */
function sendsOf(form, node) {
    const [send, later] = ['send', 'send_at'].map((property) => current(form, node, property));
    const isOpen = (row) => row.type === 'msg' && modeOf(form, node) === 'payload' && /^payload\.send/.test(row.value);
    if (isSet(later) && !isOpen(later)) return 'later';
    if (send.type === 'bool' && send.value === 'true') return 'now';
    const isFixed = send.type === 'bool' || !isSet(send);
    return isFixed && !isSet(later) ? undefined : 'maybe';
}

const signs = { now: 'missive-send.svg', later: 'missive-later.svg', maybe: 'missive-send.svg' };

specials['missive-create-draft'] = {
    title(form, node) {
        const sends = sendsOf(form, node);
        return sends && ours(`word.sends.${sends}`);
    },
    sign(form, node) {
        const sends = sendsOf(form, node);
        return sends && signs[sends];
    },
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
