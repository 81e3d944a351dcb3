// Hands a form over to the account library's own passkey code (mfa/js/webauthn.js),
// which waits to be called with the ids of its pieces.
export class Passkey {
  static selector = '[data-module~="passkey"]';

  constructor(form) {
    const { act, button, credential } = form.dataset;
    const start = window.allauth?.webauthn?.forms[act];
    start?.({ ids: { authenticate: button, credential, data: "js_data" } });
  }
}
