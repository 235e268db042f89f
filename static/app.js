// Small comforts. Every page reads and submits without this file.
(() => {
  const root = document.documentElement
  const all = (selector, within = document) => [...within.querySelectorAll(selector)]
  const typing = target => /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.isContentEditable

  for (const button of all('[data-theme-toggle]')) {
    button.hidden = false
    button.addEventListener('click', () => {
      const now = root.dataset.theme || (matchMedia('(prefers-color-scheme:dark)').matches ? 'dark' : 'light')
      root.dataset.theme = now === 'dark' ? 'light' : 'dark'
      try { localStorage.theme = root.dataset.theme } catch {}
    })
  }
  for (const part of all('[data-js]')) part.hidden = false
  for (const button of all('[data-print]')) {
    button.hidden = false
    button.addEventListener('click', () => print())
  }

  // data-copy names the element whose text is copied; the button says so for a moment.
  for (const button of all('[data-copy]')) {
    if (!navigator.clipboard) continue
    button.hidden = false
    button.addEventListener('click', async () => {
      const source = document.getElementById(button.dataset.copy)
      await navigator.clipboard.writeText(source.value ?? source.textContent.trim())
      const said = button.querySelector('[data-said]') || button
      const before = said.textContent
      said.textContent = button.dataset.done || before
      setTimeout(() => { said.textContent = before }, 1500)
    })
  }

  // data-reveal names a password field that its button shows and hides again.
  for (const button of all('[data-reveal]')) {
    const field = document.getElementById(button.dataset.reveal)
    button.hidden = false
    button.addEventListener('click', () => {
      field.type = field.type === 'password' ? 'text' : 'password'
      button.setAttribute('aria-pressed', String(field.type === 'text'))
    })
  }

  // A part of a form that belongs to one choice opens when that is made: data-of="name=value".
  const openChosen = form => {
    for (const part of all('details[data-of]', form)) {
      const [name, value] = part.dataset.of.split('=')
      if (form.elements[name]?.value === value) part.open = true
    }
  }
  addEventListener('change', event => { if (event.target.form) openChosen(event.target.form) })

  // A form with data-draft keeps what is typed until it is sent; passwords and files are not kept.
  for (const form of all('form[data-draft]')) {
    const key = `draft:${location.pathname}:${form.dataset.draft}`
    const kept = field => field.name && field.name !== 'csrf_token' && !/^(password|file|hidden|submit)$/.test(field.type)
    const state = form.querySelector('[data-draft-state]')
    try {
      const saved = JSON.parse(localStorage[key] || 'null')
      const untouched = [...form.elements].every(f => !kept(f) || f.value === f.defaultValue || /^(radio|checkbox|select)/.test(f.type))
      if (saved && untouched && !document.querySelector('.errors')) {
        for (const field of [...form.elements].filter(kept)) {
          if (!Object.hasOwn(saved, field.name)) continue
          if (/^(radio|checkbox)$/.test(field.type)) field.checked = saved[field.name].includes(field.value)
          else field.value = saved[field.name][0]
        }
        openChosen(form)
      }
    } catch {}
    form.addEventListener('input', () => {
      const values = new Map()
      for (const field of [...form.elements].filter(kept)) {
        const told = values.get(field.name) || []
        if (!/^(radio|checkbox)$/.test(field.type) || field.checked) told.push(field.value)
        values.set(field.name, told)
      }
      try {
        localStorage[key] = JSON.stringify(Object.fromEntries(values))
        if (state) state.textContent = form.dataset.draftSaved || ''
      } catch {}
    })
    form.addEventListener('submit', () => { try { delete localStorage[key] } catch {} })
  }

  // Whoever signs out leaves nothing that they typed behind.
  addEventListener('submit', event => {
    if (!/\/sign-out$/.test(event.target.getAttribute('action') || '')) return
    try {
      for (const key of Object.keys(localStorage)) if (key.startsWith('draft:')) delete localStorage[key]
    } catch {}
  })

  // A select or a box that should take effect at once sends its form.
  addEventListener('change', event => {
    const field = event.target.closest?.('[data-submit]')
    if (field && field.form) field.form.requestSubmit()
  })

  addEventListener('keydown', event => {
    const { key, target } = event
    if (key === 'Enter' && (event.ctrlKey || event.metaKey) && target.form) { target.form.requestSubmit(); return }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(target) || root.dataset.keys === 'off') return
    if (key === '/') {
      const field = document.querySelector('[data-slash]')
      if (field) { event.preventDefault(); field.focus(); field.select() }
      return
    }
    document.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus()
    const rows = all('[data-queue] tbody tr')
    if (!rows.length || !/^[jkx]$/.test(key)) return
    const at = rows.findIndex(row => row.classList.contains('on'))
    if (key === 'x') {
      const box = rows[Math.max(at, 0)].querySelector('[type=checkbox]')
      if (box) box.checked = !box.checked
      return
    }
    rows[at]?.classList.remove('on')
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + (key === 'j' ? 1 : -1)))]
    next.classList.add('on')
    next.querySelector('a')?.focus()
  })

  // Suggestions: a listbox under the search box, from the same address a reader without script never needs.
  for (const box of all('input[data-suggest]')) {
    const list = document.getElementById(box.dataset.suggestList)
    let timer = 0, asked = ''
    box.addEventListener('input', () => {
      clearTimeout(timer)
      const text = box.value.trim()
      if (!text) { list.replaceChildren(); return }
      timer = setTimeout(async () => {
        asked = text
        const answer = await fetch(`${box.dataset.suggest}?q=${encodeURIComponent(text)}`)
        if (!answer.ok || asked !== text) return
        const words = await answer.json()
        list.replaceChildren(...words.map(word => Object.assign(document.createElement('option'), { value: word })))
      }, 150)
    })
  }

  for (const summary of all('.errors')) summary.focus()
  document.addEventListener('click', event => {
    for (const menu of all('details.menu[open], details.move[open]')) if (!menu.contains(event.target)) menu.open = false
  })
})()
