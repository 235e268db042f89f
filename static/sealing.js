// Sealed quotes, schema qiaoyi-quote-1 as deals/rounds/sealing.py writes it down. Amount and private
// key stay in this browser: their fields have no name, so that no form ever sends them.
(() => {
  const TAG = new TextEncoder().encode('qiaoyi-quote-1\0')
  const LARGEST = 2n ** 63n - 1n
  const hex = octets => [...new Uint8Array(octets)].map(one => one.toString(16).padStart(2, '0')).join('')
  const octets = text => Uint8Array.from(text.match(/../g) || [], pair => parseInt(pair, 16))
  const join = (...parts) => Uint8Array.from(parts.flatMap(part => [...new Uint8Array(part)]))
  const subtle = window.crypto && window.crypto.subtle

  const layer = async (keeper, message, commitment, round) => {
    const pair = await subtle.generateKey({ name: 'X25519' }, true, ['deriveBits'])
    const fresh = await subtle.exportKey('raw', pair.publicKey)
    const theirs = await subtle.importKey('raw', keeper, { name: 'X25519' }, false, [])
    const shared = await subtle.deriveBits({ name: 'X25519', public: theirs }, pair.privateKey, 256)
    const base = await subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey'])
    const derived = { name: 'HKDF', hash: 'SHA-256', salt: join(fresh, keeper), info: join(TAG, round) }
    const key = await subtle.deriveKey(derived, base, { name: 'AES-GCM', length: 256 }, false, ['encrypt'])
    const how = { name: 'AES-GCM', iv: new Uint8Array(12), additionalData: commitment }
    return join(fresh, await subtle.encrypt(how, key, message))
  }

  const seal = async (minor, place) => {
    const nonce = crypto.getRandomValues(new Uint8Array(32))
    const amount = new Uint8Array(8)
    new DataView(amount.buffer).setBigUint64(0, minor)
    const secret = join(amount, nonce)
    const hashed = join(TAG, place.round, place.registration, secret)
    const commitment = new Uint8Array(await subtle.digest('SHA-256', hashed))
    const inner = await layer(place.office, secret, commitment, place.round)
    const box = await layer(place.second, inner, commitment, place.round)
    return { commitment: hex(commitment), box: hex(box), nonce: hex(nonce) }
  }

  // Minor units of an amount as people type it; null where it is none or lies below the list price.
  const read = (text, places, least) => {
    const found = /^(\d{1,16})(?:\.(\d+))?$/.exec(text.replace(/[,，\s¥￥]/g, ''))
    if (!found || (found[2] || '').length > places) return null
    const minor = BigInt(found[1] + (found[2] || '').padEnd(places, '0'))
    return minor >= least && minor <= LARGEST ? minor : null
  }

  const speaker = form => what => {
    for (const words of form.querySelectorAll('[data-said]')) words.hidden = words.dataset.said !== what
  }
  const works = async () => {
    try { await subtle.generateKey({ name: 'X25519' }, true, ['deriveBits']); return true } catch { return false }
  }

  const quoting = form => {
    const say = speaker(form), { amount, commitment, box } = form.elements
    const done = form.querySelector('[data-sealed]'), button = form.querySelector('[data-seal]')
    const names = ['round', 'registration', 'office', 'second']
    const place = Object.fromEntries(names.map(name => [name, octets(form.dataset[name])]))
    amount.addEventListener('input', () => { done.hidden = true; commitment.value = box.value = ''; button.hidden = false })
    button.addEventListener('click', async () => {
      const minor = read(amount.value, Number(form.dataset.places), BigInt(form.dataset.floor))
      if (minor === null) { say('amount'); amount.focus(); return }
      const sealed = await seal(minor, place)
      commitment.value = sealed.commitment
      box.value = sealed.box
      form.querySelector('[data-receipt]').value = `${minor}\n${sealed.nonce}\n${sealed.commitment}`
      done.hidden = false
      button.hidden = true
      say('sealed')
    })
    form.addEventListener('submit', event => { if (!box.value) { event.preventDefault(); say('first') } })
    button.hidden = false
  }

  const keeping = form => {
    const say = speaker(form), field = form.elements.public_key, button = form.querySelector('[data-make]')
    button.addEventListener('click', async () => {
      const pair = await subtle.generateKey({ name: 'X25519' }, true, ['deriveBits'])
      const secret = hex((await subtle.exportKey('pkcs8', pair.privateKey)).slice(-32))
      field.value = hex(await subtle.exportKey('raw', pair.publicKey))
      form.querySelector('[data-secret]').value = secret
      const link = form.querySelector('[data-file]')
      link.href = URL.createObjectURL(new Blob([secret + '\n'], { type: 'text/plain' }))
      form.querySelector('[data-made]').hidden = false
      button.hidden = true
      say('made')
    })
    form.addEventListener('submit', event => { if (!field.value) { event.preventDefault(); say('first') } })
    button.hidden = false
  }

  const start = async () => {
    const forms = [...document.querySelectorAll('form[data-quote], form[data-keep]')]
    if (!forms.length) return
    const able = subtle ? await works() : false
    for (const form of forms) {
      speaker(form)(able ? '' : 'browser')
      if (able) (form.matches('[data-quote]') ? quoting : keeping)(form)
    }
  }
  start()
})()
