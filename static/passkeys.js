// Passkeys: asks the market what is to be signed, lets the browser ask its person, sends the answer
// as the form's own field. Without it the page says so, and every other way works.
(() => {
  const octets = text => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), sign => sign.charCodeAt(0))
  const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
  const named = keys => (keys || []).map(key => ({ ...key, id: octets(key.id) }))

  // What crosses the wire is JSON in base64url; what the browser takes are buffers.
  const read = options => ({
    ...options,
    challenge: octets(options.challenge),
    ...(options.user && { user: { ...options.user, id: octets(options.user.id) } }),
    ...(options.excludeCredentials && { excludeCredentials: named(options.excludeCredentials) }),
    ...(options.allowCredentials && { allowCredentials: named(options.allowCredentials) }),
  })
  const written = key => {
    const parts = ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']
    const sent = parts.filter(part => key.response[part])
    const response = Object.fromEntries(sent.map(part => [part, text(key.response[part])]))
    return JSON.stringify({ id: key.id, rawId: text(key.rawId), type: key.type, response })
  }

  for (const form of document.querySelectorAll('form[data-passkey]')) {
    const button = form.querySelector('[data-passkey-button]')
    const say = what => {
      for (const words of form.querySelectorAll('[data-passkey-said]')) words.hidden = words.dataset.passkeySaid !== what
    }
    if (!window.PublicKeyCredential || !navigator.credentials) { say('browser'); continue }
    say('')
    button.hidden = false
    form.addEventListener('submit', async event => {
      if (form.elements.answer.value) return
      event.preventDefault()
      say('')
      button.disabled = true
      try {
        const body = new URLSearchParams({ csrf_token: form.elements.csrf_token.value })
        const asked = await fetch(form.dataset.passkey, { method: 'POST', body })
        if (asked.redirected) { location = location.href; return }
        if (!asked.ok) { say('failed'); return }
        const publicKey = read(await asked.json())
        const key = await navigator.credentials[form.dataset.passkeyDo]({ publicKey })
        form.elements.answer.value = written(key)
        form.submit()
      } catch (error) {
        say(error instanceof TypeError ? 'failed' : 'refused')
      } finally {
        button.disabled = false
      }
    })
  }
})()
