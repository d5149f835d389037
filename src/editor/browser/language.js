/** What the runtime answers people is in the editor's language, whatever the browser speaks. */
$.ajaxPrefilter?.(({ url }, _given, request) => {
    if (/^missive\//.test(url)) request.setRequestHeader('Accept-Language', RED.i18n.lang());
});
